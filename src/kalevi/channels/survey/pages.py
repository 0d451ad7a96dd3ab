"""Public pages made ready: rendered once for a version and a language, kept as compressed bytes."""

import base64
import hashlib
import math
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext, override

from kalevi.channels.survey.asking import shown
from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import Kind
from kalevi.shell.icons import pictures
from kalevi.shell.public_style import base_style

NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}
_PLACE = "0token0"
_SHAPES = '<svg class="shapes" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">{}</svg>'


@dataclass(frozen=True, slots=True)
class Public:
    """What every public page of a survey needs: its key, languages (the first is the default), company."""

    key: str
    languages: tuple[str, ...]
    company: str


@cache
def _style(circles: tuple[int, ...] = ()) -> str:
    text = base_style() + (files(__package__) / "public.css").read_text(encoding="utf-8")
    # Where a word stands cannot be said beside it: the page allows no style attribute.
    places = "".join(_circle(count) for count in circles)
    if places:
        text += f"@media(min-width:38rem){{{places}}}"
    return re.sub(r"\n", "", text)


def _circle(count: int) -> str:
    """Return where each of so many words stands: clockwise from the top, on rows of equal height."""
    rows = (count + 1) // 2
    # "How strongly?" and its three answers stand in the middle, however few words are around them.
    rules = [f".n{count}.feelings{{height:{max(rows * 3.6, 11):.1f}rem}}"]
    for place in range(count):
        right = place < rows
        row = place if right else count - 1 - place
        down = (row + 0.5) / rows
        out = 35 * math.sqrt(1 - (1.7 * (down - 0.5)) ** 2)
        left = 50 + out if right else 50 - out
        rules.append(f".n{count}>:nth-child({place + 1}){{left:{left:.1f}%;top:{100 * down:.1f}%}}")
    return "".join(rules)


@cache
def _script() -> str:
    return (files(__package__) / "public.js").read_text(encoding="utf-8").strip()


@cache
def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def policy(circles: tuple[int, ...] = ()) -> str:
    """Return the content security policy of a page: nothing but its own style and script."""
    return (
        f"default-src 'none'; style-src 'sha256-{_digest(_style(circles))}'; "
        f"script-src 'sha256-{_digest(_script())}'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def circles_of(asked: Definition | None) -> tuple[int, ...]:
    """Return the sizes of the circles of feelings a survey shows."""
    if asked is None:
        return ()
    found = {len(q.options) or len(feeling_words()) for q in asked.questions if q.kind is Kind.FEELING}
    return tuple(sorted(found))


def duration(seconds: int) -> str:
    """Return an estimate in words, in the language that is active."""
    if seconds < 55:
        rounded = max(10, round(seconds / 10) * 10)
        return ngettext("%(count)s second", "%(count)s seconds", rounded) % {"count": rounded}
    minutes = max(1, round(seconds / 60))
    return ngettext("a minute", "%(count)s minutes", minutes) % {"count": minutes}


def question_page(
    public: Public,
    asked: Definition,
    language: str,
    *,
    token: str,
    fields: Mapping[str, Sequence[str]] | None = None,
    hidden: Iterable[tuple[str, str]] = (),
    missing: Sequence[str] = (),
    fault: str = "",
    query: str = "",
    reach: str = "",
) -> str:
    """Return the page of questions; `fields` are what was written or chosen already, `hidden` go along.

    `reach` is what somebody left who wants to be contacted.
    """
    context = {
        "lead": asked.lead.best(language),
        "questions": shown(asked, language, fields or {}, missing),
        "token": token,
        "hidden": tuple(hidden),
        "fault": fault,
        "script": _script(),
        "query": query,
        "reach": reach,
    }
    with override(language):
        context["duration"] = duration(asked.seconds)
        page = _rendered("page", public, language, asked.title.best(language), circles_of(asked), context)
    used = sorted(set(re.findall(r'<use href="#(\w+)"', page)))
    if used:
        paths = "".join(
            f'<symbol id="{s}" viewBox="0 0 24 24"><path d="{pictures("shape")[s]}"/></symbol>' for s in used
        )
        page = page.replace("</header>", "</header>" + _SHAPES.format(paths), 1)
    return page


def thanks_page(public: Public, asked: Definition, language: str) -> str:
    """Return the page after an answer: what happens next with it."""
    with override(language):
        usual = gettext(
            "Your words reached us exactly as you wrote them. A person reads them, "
            "and what we learn from them shows in how we meet you next time."
        )
        thanks = asked.thanks.best(language) or usual
        return _rendered(
            "thanks", public, language, gettext("Thank you"), (), {"thanks": thanks, "part": "thanks"}
        )


def again_page(public: Public, language: str, fields: Iterable[tuple[str, str]], *, full: bool) -> str:
    """Return the page of an answer that could not be taken now: it holds everything, ready to send again."""
    with override(language):
        title = gettext("One moment")
        lead = (
            gettext(
                "We cannot store anything right now. "
                "What you wrote is safe on this page: send it again in a while."
            )
            if full
            else gettext(
                "Very many are answering right now. "
                "What you wrote is safe on this page: send it again in a moment."
            )
        )
        return _rendered("again", public, language, title, (), {"hidden": tuple(fields), "lead": lead})


def closed_page(public: Public, language: str) -> str:
    """Return the page of a survey that is closed."""
    with override(language):
        return _rendered("closed", public, language, gettext("This survey has ended"), (), {})


def _rendered(
    name: str, public: Public, language: str, title: str, circles: tuple[int, ...], context: dict[str, Any]
) -> str:
    common = {
        "key": public.key,
        "company": public.company,
        "language": language,
        "languages": [(code, NAMES[code]) for code in public.languages],
        "title": title,
        "style": _style(circles),
        "part": "",
        "query": "",
        "script": "",
    }
    text = render_to_string(f"channels_survey/{name}.html", {**common, **context})
    return re.sub(r">\n+\s*<", "><", text)


@dataclass(frozen=True, slots=True)
class Ready:
    """A page as compressed bytes in two halves, between which the token of each opening is set."""

    before: bytes
    after: bytes
    checksum: int
    length: int
    tail: bytes

    @classmethod
    def of(cls, page: str) -> "Ready":
        """Compress a page that holds the place of the token once, near its end."""
        before, after = (half.encode() for half in page.split(_PLACE))
        maker = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        # A full flush ends on a whole byte, so that a stored block with the token can follow.
        first = maker.compress(before) + maker.flush(zlib.Z_FULL_FLUSH)
        rest = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        last = rest.compress(after) + rest.flush()
        head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
        return cls(head + first, last, zlib.crc32(before), len(before) + len(after), after)

    def with_token(self, token: bytes) -> bytes:
        """Return the gzip of the page with a token in its place."""
        size = len(token)
        block = b"\x00" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + token
        checksum = zlib.crc32(self.tail, zlib.crc32(token, self.checksum))
        end = checksum.to_bytes(4, "little") + (self.length + size).to_bytes(4, "little")
        return b"".join((self.before, block, self.after, end))


def ready_page(public: Public, asked: Definition, language: str) -> Ready:
    """Return the page of questions made ready."""
    return Ready.of(question_page(public, asked, language, token=_PLACE))
