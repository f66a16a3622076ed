"""A canary: a random word in the instructions for the model. An answer that carries it in any guise is not shown."""

import base64
import re
import secrets
import unicodedata

_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ :]?){8,}")
# Half of the canary is enough to know it: 12 characters of base 32 are 60 bits.
_TELLING = 12


def new_canary() -> str:
    """24 characters that stand in no document, of letters and digits that survive every change of case."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(24))


def carries_canary(text: str, canary: str) -> bool:
    """Whether half of the canary or more stands in the text: plain, spaced out, in another case, turned round, or
    in base 64, hexadecimal or ROT13."""
    views = [text, *_decoded(text)]
    pieces = [canary[at : at + _TELLING] for at in range(len(canary) - _TELLING + 1)]
    wanted = {form for piece in pieces for form in (piece, piece[::-1], _rot13(piece))}
    return any(form in view for view in map(_letters, views) for form in wanted)


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())


def _decoded(text: str) -> list[str]:
    found = []
    for match in _BASE64.finditer(text):
        piece = match.group().rstrip("=").replace("-", "+").replace("_", "/")
        # Whatever stood before it in the encoded text shifts the letters: try the four phases.
        for phase in range(4):
            cut = piece[phase:]
            cut = cut[: len(cut) - len(cut) % 4]
            try:
                found.append(base64.b64decode(cut).decode("latin-1"))
            except ValueError:
                continue
    for match in _HEX.finditer(text):
        found.append(bytes.fromhex(re.sub(r"[ :]", "", match.group())).decode("latin-1"))
    return found


def _rot13(text: str) -> str:
    return "".join(chr((ord(mark) - 97 + 13) % 26 + 97) if mark.isalpha() else mark for mark in text)
