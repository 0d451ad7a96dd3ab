"""HTML made into text: what is quoted is marked as in plain mail, what is hidden is left out.

Read by a scanner of its own, in time that grows with the length alone. A parser as browsers have makes 20 MB
and two seconds of a mail of 22 KB when it repeats unclosed tags, as HTML wants it; text needs none of that.
"""

import html as entities
import re
from collections import Counter
from collections.abc import Iterator

LONGEST, LONGEST_TAG, DEEPEST, MOST_ODD = 1_000_000, 20_000, 2_000, 50
QUOTED_BELOW = "\ufdd0"
_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:_-]*)")
_ATTRIBUTE = re.compile(
    r"""\b(class|id|style|type|cite)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
# A picture inside an attribute may be longer than all the words.
_PICTURE = re.compile(r"data:image/[a-z+.-]{1,20};base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_UNSEEN = ("script", "style", "title", "noscript", "template", "head", "textarea", "select", "object", "svg")
_RAW = ("script", "style", "title", "textarea")
_BLOCKS = {
    *("blockquote", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
    *("p", "pre", "section", "table", "tr", "ul", "article", "header", "footer", "main"),
}
_SPACED = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}
_VOID = {
    *("br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "wbr", "source", "o:p")
}
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|font-size\s*:\s*0", re.IGNORECASE)
_LINE_ABOVE = re.compile(
    r"border\s*:\s*none\s*;\s*border-top\s*:\s*solid\s+(#[0-9a-f]{6}|windowtext)\s+1", re.IGNORECASE
)
_QUOTING_CLASSES = ("gmail_quote", "yahoo_quoted", "protonmail_quote", "zmail_extra", "tutanota_quote")
_REST_QUOTED = ("divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container", "replysplit")


def text_of(html: str) -> str:
    """Return the text of an HTML document; `QUOTED_BELOW` alone on a line says that the rest is quoted."""
    builder = _Builder()
    html = _PICTURE.sub("", html).replace("\x00", "")
    for kind, name, rest in _tokens(html[:LONGEST]):
        if kind == "text":
            builder.words(rest)
        elif kind == "begin":
            builder.begin(name, rest)
        else:
            builder.end(name)
    return builder.text()


def _tokens(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield (text, "", words), (begin, name, attributes) and (end, name, "") in order."""
    place, size, gone, lower, odd = 0, len(html), set[str](), html.lower(), 0
    while place < size:
        start = html.find("<", place)
        if start < 0:
            start = size
        if start > place:
            yield "text", "", entities.unescape(html[place:start])
        if start == size:
            return
        if html.startswith(("<!", "<?"), start):
            ending = "-->" if html.startswith("<!--", start) else ">"
            found = -1 if ending in gone else html.find(ending, start + 2)
            if found < 0:
                # What is not there after here is not looked for again.
                gone.add(ending)
            place = found + len(ending) if found >= 0 else start + 2
            continue
        named = _NAME.match(html, start + 1)
        if not named:
            yield "text", "", "<"
            place = start + 1
            continue
        name = named[2].lower()
        place = _end_of_tag(html, named.end()) if odd < MOST_ODD else html.find(">", named.end()) + 1
        if not place:
            # A tag that does not end is none: its name is left out, and what follows is read on.
            place, odd = named.end(), odd + 1
            if odd > MOST_ODD:
                return
        yield ("end" if named[1] else "begin"), name, html[named.end() : place - 1]
        if name in _RAW and not named[1]:
            found = -1 if name in gone else lower.find(f"</{name}", place)
            if found < 0:
                gone.add(name)
            place = found if found >= 0 else place


def _end_of_tag(html: str, place: int) -> int:
    """Return where a tag has ended: at its bracket, one in quotes not counted; 0 when it does not, nearby."""
    quote = ""
    for at in range(place, min(len(html), place + LONGEST_TAG)):
        letter = html[at]
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and html[at - 1] in "= \t\n":
            quote = letter
        elif letter == ">":
            return at + 1
        elif letter == "<":
            return at
    return 0


class _Builder:
    """Makes lines of what a scanner reads."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self._names: Counter[str] = Counter()
        self._depth = self._hidden = self._pre = 0

    def begin(self, tag: str, attributes: str) -> None:
        """Begin a block, a quotation or something hidden."""
        given = {
            found[1].lower(): found[2] or found[3] or found[4] or ""
            for found in _ATTRIBUTE.finditer(attributes)
        }
        if tag in _BLOCKS:
            self._end_line(tag in _SPACED)
        if tag == "br":
            self._end_line(forced=True)
        if tag in _VOID or len(self._open) >= DEEPEST:
            return
        style, own = given.get("style", ""), given.get("class", "") + " " + given.get("id", "")
        quotes = (tag == "blockquote" and not self._is_layout(given)) or any(
            name in own for name in _QUOTING_CLASSES
        )
        hidden = tag in _UNSEEN or bool(_HIDDEN.search(style))
        if any(name in own.lower() for name in _REST_QUOTED) or (tag == "div" and _LINE_ABOVE.search(style)):
            self._end_line()
            self._lines.append((0, QUOTED_BELOW))
        self._open.append((tag, quotes, hidden))
        self._names[tag] += 1
        self._depth += quotes
        self._hidden += hidden
        self._pre += tag == "pre"
        if tag == "li":
            self._line.append("- ")

    @staticmethod
    def _is_layout(given: dict[str, str]) -> bool:
        """Whether a block quotation only moves a paragraph to the right, as some editors do."""
        return not given.get("type") and not given.get("cite") and "margin-left" in given.get("style", "")

    def end(self, tag: str) -> None:
        """End what the tag began, and what was left open in it."""
        if not self._names[tag]:
            return
        while self._open:
            name, quotes, hidden = self._open.pop()
            self._names[name] -= 1
            if name in _BLOCKS:
                self._end_line(name in _SPACED)
            elif name in ("td", "th"):
                self._line.append(" ")
            self._depth -= quotes
            self._hidden -= hidden
            self._pre -= name == "pre"
            if name == tag:
                break

    def words(self, data: str) -> None:
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
