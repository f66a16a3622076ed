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


def find_active_content(text: str, sources: Iterable[str]) -> list[str]:
    """What in the text could be followed, drawn or run, and stands in no source. Empty for a plain answer."""
    known = tuple(sources)
    found = [match.group() for pattern in (_URL, _MARKUP) for match in pattern.finditer(text)]
    if formula := _FORMULA.match(text):
        found.append(formula.group())
    return [piece for piece in found if not any(piece in source for source in known)]
