"""Bytes to text: what a file says about itself comes first, then UTF-8, then the likeliest guess."""

import codecs

from rag_pilot.read_files import Unusable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Encodings that a page may declare. Others (UTF-7, or Python's own such as "rot13") are no encodings of web pages.
_DECLARABLE = ("ascii", "utf-8", "iso8859-", "cp125", "koi8-", "gb", "big5", "shift_jis", "euc", "utf-16", "mac-")


def decode_text(content: bytes, declared: str | None = None) -> tuple[str, bool]:
    """The text, and whether its encoding had to be guessed (Windows-1252, the old default of the western web)."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), False
    if b"\0" in content:
        raise Unusable("not text: it holds NUL bytes")
    name = _known(declared)
    if name is not None:
        try:
            return content.decode(name), False
        except UnicodeDecodeError:
            # Pages lie about their encoding more often than UTF-8 decodes by accident.
            pass
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError as cause:
        return _guess(content, cause.start), True


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as cause:
        raise Unusable(f"the file says it is {encoding}, but byte {cause.start} is not") from cause


def _guess(content: bytes, bad_byte: int) -> str:
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unusable(f"byte {bad_byte} is neither UTF-8 nor Windows-1252; convert the file to UTF-8") from None
    # Two encodings in one file: parts that are UTF-8 would come out as two or three strange letters each.
    if any(pair in text for pair in ("\u00c3\u00a4", "\u00c3\u00b6", "\u00c3\u00bc", "\u00c3\u00a9", "\u00e2\u20ac")):
        raise Unusable(f"byte {bad_byte} is not UTF-8, but other parts are: mixed encodings; convert the file to UTF-8")
    return text


def _known(declared: str | None) -> str | None:
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return None
    return name if name.startswith(_DECLARABLE) else None
