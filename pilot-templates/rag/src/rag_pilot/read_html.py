"""HTML to the text that a reader of the page sees: no scripts, styles, templates, menus, comments or hidden parts."""

import re
from html.parser import HTMLParser

_UNSEEN = frozenset(
    "script style template noscript svg math object embed iframe canvas audio video head nav select datalist "
    "dialog".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody tfoot thead title tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Their end may be left out: the next one ends them too.
_SELF_CLOSING = frozenset("p li dt dd tr td th option".split())
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\f\v\u00a0]+")
_EMPTY_LINES = re.compile(r"\n[ \n]*\n")
# Browsers look for the encoding in the first kilobyte.
CHARSET_BYTES = 1024


def declared_charset(content: bytes) -> str | None:
    found = _CHARSET.search(content[:CHARSET_BYTES])
    return found[1].decode("ascii") if found else None


def read_html(page: str) -> tuple[str, str]:
    """(title, text). One line a block, list items with "- ", table cells apart by a bar; never fails."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    text = _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
    title = " ".join("".join(reader.title).split()) or " ".join("".join(reader.heading).split())
    return title, text


class _Reader(HTMLParser):
    """`unseen` are the open tags of the part that is being left out, the outermost first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self.heading: list[str] = []
        self._unseen: list[str] = []
        self._in_title = self._in_heading = self._in_pre = False
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and self._unseen in ([], ["head"]):
            self._in_title = not self.title
        if tag == "body":
            # A head that was never closed ends here.
            self._unseen.clear()
        if self._unseen:
            self._inside_unseen(tag)
            if self._unseen:
                return
        if tag in _VOID:
            if tag in _BLOCKS:
                self.parts.append("\n")
            return
        if tag in _UNSEEN or _is_hidden(dict(attrs)):
            self._unseen.append(tag)
            return
        self._in_heading = self._in_heading or (tag == "h1" and not self.heading)
        self._in_pre = self._in_pre or tag == "pre"
        if tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        if tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self.parts.append(" | " if self._cells else "")
            self._cells += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag == "h1":
            self._in_heading = False
        if tag == "pre":
            self._in_pre = False
        if tag in self._unseen:
            del self._unseen[len(self._unseen) - 1 - self._unseen[::-1].index(tag) :]
        elif not self._unseen and tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        if self._unseen or self._in_title:
            return
        if self._in_heading:
            self.heading.append(data)
        # A line break of the source is a blank on the page, but for preformatted text.
        self.parts.append(data if self._in_pre else data.replace("\n", " ").replace("\r", " "))

    def _inside_unseen(self, tag: str) -> None:
        if (tag == self._unseen[-1] and tag in _SELF_CLOSING) or (self._unseen[-1] == "p" and tag in _BLOCKS - _VOID):
            self._unseen.pop()
        elif tag == self._unseen[-1] or (tag in _UNSEEN and tag not in _VOID):
            self._unseen.append(tag)


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    style = (attributes.get("style") or "").lower()
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(_HIDDEN_STYLE.search(style))
