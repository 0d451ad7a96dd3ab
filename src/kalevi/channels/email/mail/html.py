"""HTML made into text: what is quoted is marked as in plain mail, what is hidden is left out."""

import re
from html.parser import HTMLParser

import nh3

LONGEST = 2_000_000
QUOTED_BELOW = "\ufdd0"
_TAGS = {
    *(
        "a",
        "b",
        "blockquote",
        "br",
        "center",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
    ),
    *("h4", "h5", "h6", "hr", "i", "li", "ol", "p", "pre", "s", "section", "span", "strong", "sub", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "article", "header", "footer", "main"),
}
_BLOCKS = {
    *("blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
    *("p", "pre", "section", "table", "tr", "ul", "article", "header", "footer", "main"),
}
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
_VOID = {"br", "hr"}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0", re.IGNORECASE)
_LINE_ABOVE = re.compile(
    r"border\s*:\s*none\s*;\s*border-top\s*:\s*solid\s+(#[0-9a-f]{6}|windowtext)\s+1", re.IGNORECASE
)
_QUOTING_CLASSES = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra", "tutanota_quote")
_REST_QUOTED = ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container", "replysplit")


def text_of(html: str) -> str:
    """Return the text of an HTML document; `QUOTED_BELOW` alone on a line says that the rest is quoted."""
    clean = nh3.clean(
        html[:LONGEST].replace("\x00", ""),
        tags=_TAGS,
        clean_content_tags={"script", "style", "title", "noscript", "template"},
        attributes={"*": {"class", "id", "style"}, "blockquote": {"type", "cite", "class", "style"}},
        link_rel=None,
        strip_comments=True,
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.text()


class _Builder(HTMLParser):
    """Reads what `nh3` has made well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._depth = self._hidden = self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a quotation or something hidden."""
        given = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self._end_line(tag in _SPACED)
        if tag == "br":
            self._end_line(forced=True)
        if tag in _VOID:
            return
        style, own = given.get("style", ""), given.get("class", "") + " " + given.get("id", "")
        quotes = (tag == "blockquote" and not self._is_layout(given)) or any(
            name in own for name in _QUOTING_CLASSES
        )
        hidden = bool(_HIDDEN.search(style))
        if any(name in own.lower() for name in _REST_QUOTED) or (tag == "div" and _LINE_ABOVE.search(style)):
            self._end_line()
            self._lines.append((0, QUOTED_BELOW))
        self._open.append((tag, quotes, hidden))
        self._depth += quotes
        self._hidden += hidden
        self._pre += tag == "pre"
        if tag == "li":
            self._line.append("- ")

    @staticmethod
    def _is_layout(given: dict[str, str]) -> bool:
        """Whether a block quotation only moves a paragraph to the right, as some editors do."""
        return not given.get("type") and not given.get("cite") and "margin-left" in given.get("style", "")

    def handle_endtag(self, tag: str) -> None:
        """End what the tag began."""
        if tag in _VOID:
            return
        while self._open:
            name, quotes, hidden = self._open.pop()
            if name in _BLOCKS:
                self._end_line(name in _SPACED)
            elif name in ("td", "th"):
                self._line.append(" ")
            self._depth -= quotes
            self._hidden -= hidden
            self._pre -= name == "pre"
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Take up words."""
        if self._hidden > 0:
            return
        if self._pre > 0:
            first, *rest = data.split("\n")
            self._line.append(first)
            for line in rest:
                self._end_line(forced=True)
                self._line.append(line)
            return
        self._line.append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _end_line(self, spaced: bool = False, *, forced: bool = False) -> None:
        text = re.sub(r" {2,}", " ", "".join(self._line)).strip(" ")
        self._line = []
        if text or forced:
            self._lines.append((self._depth, text))
        if spaced and self._lines and self._lines[-1][1]:
            self._lines.append((self._depth, ""))

    def text(self) -> str:
        """Return everything taken up, at most one empty line between two others."""
        self._end_line()
        found: list[str] = []
        for depth, line in self._lines:
            marked = ">" * min(depth, 20) + " " + line if depth and line else ">" * min(depth, 20) + line
            marked = marked.replace("\xa0", " ").rstrip()
            if marked.strip("> ") or (found and found[-1].strip("> ")):
                found.append(marked)
        while found and not found[-1].strip("> "):
            found.pop()
        return "\n".join(found).strip("\n")
