"""Links, markup and formulas in an answer. The answer is shown as text; what a model adds to it is not even kept."""

import re
from collections.abc import Iterable

_URL = re.compile(
    r"(?:\b(?:https?|ftp|file|data|javascript|vbscript|mailto):|(?<!\w)//|\bwww\.)[^\s<>\"')\]]{1,2000}", re.I
)
_MARKUP = re.compile(
    r"<!--|<[/!]?[a-z][\w:-]{0,30}(?:\s[^<>]{0,500})?/?>|!\[[^\]]{0,200}\]\s{0,3}[(\[]|\[[^\]]{0,200}\]\([^)]{0,500}\)|&#x?\w{1,8};",
    re.I,
)
# A cell that begins so is run by a spreadsheet.
_FORMULA = re.compile(r"^\s*(?:[=@]|[+-](?![\d\s]))")


# Ends a sentence, not an address.
_AFTER_URL = ".,;:!?"


def find_active_content(text: str, sources: Iterable[str]) -> list[str]:
    """What in the text could be followed, drawn or run, and stands in no source as a whole. Empty for a plain answer.

    A formula at the start counts even if a source has it: an answer is often put into a cell of its own.
    """
    found = _pieces(text)
    if found:
        found -= {piece for source in sources for piece in _pieces(source)}
    formula = _FORMULA.match(text)
    return sorted(found) + ([formula.group().strip()] if formula else [])


def _pieces(text: str) -> set[str]:
    addresses = {match.group().rstrip(_AFTER_URL) for match in _URL.finditer(text)}
    return addresses | {match.group() for match in _MARKUP.finditer(text)}
