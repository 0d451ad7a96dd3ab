"""A mail as its parts: divided without recursion, to a depth and number that people's mails do not reach."""

import binascii
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from kalevi.channels.email.mail.charsets import decode
from kalevi.channels.email.mail.headers import Headers, from_base64, split

MOST_DEPTH, MOST_PARTS = 30, 300
_END_OF_LINE = re.compile(rb"[ \t]*(?:\r\n|\n|\r|$)")
_ENDINGS = {
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
    "application/ms-tnef": ".dat",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
}


class UnreadableError(Exception):
    """A mail that is kept whole for somebody to look at; the argument is the key of the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Part:
    """One part that holds no others; `inside` are the types of the multiparts around it, outermost first."""

    headers: Headers
    raw: bytes
    type: str
    parameters: dict[str, str]
    inside: tuple[tuple[str, int], ...]

    @cached_property
    def content(self) -> bytes:
        """The bytes as they were before they were encoded for the way."""
        encoding = self.headers.raw("content-transfer-encoding").strip().strip('"').lower()
        if encoding == "base64":
            return from_base64(self.raw)
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.raw)
        if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
            return _from_uu(self.raw)
        return self.raw

    @cached_property
    def text(self) -> str:
        """The text of it, lines ended by a line feed alone."""
        text = decode(self.content, self.parameters.get("charset", ""))
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def disposition(self) -> str:
        """What is to be done with it: `attachment`, `inline`, or nothing said."""
        return self.headers.value("content-disposition")[0]

    @cached_property
    def given_name(self) -> str:
        """The name its sender gave it."""
        name = self.headers.value("content-disposition")[1].get("filename") or self.parameters.get("name", "")
        return re.split(r"[/\\]", name)[-1].replace("\x00", "").strip()[:200]

    @property
    def name(self) -> str:
        """A name to keep it under."""
        ending = _ENDINGS.get(self.type, "")
        if self.given_name:
            return self.given_name
        if self.type == "message/rfc822":
            return (split(self.content)[0].text("subject").strip() or "message")[:120] + ending
        return f"part{ending}"

    def is_words(self) -> bool:
        """Whether it is part of what was written, not something that was sent along."""
        return self.type in ("text/plain", "text/html") and not (
            self.disposition == "attachment" or (self.given_name and self.disposition != "inline")
        )


def leaves(raw: bytes) -> tuple[Headers, list[Part]]:
    """Return the headers of a mail and its parts in order. Raises UnreadableError."""
    headers, body = split(raw)
    found: list[Part] = []
    waiting: list[tuple[Headers, bytes, tuple[tuple[str, int], ...], str]] = [
        (headers, body, (), "text/plain")
    ]
    opened = 0
    while waiting:
        head, content, inside, usual = waiting.pop()
        kind, parameters = head.value("content-type")
        if not re.fullmatch(r"[a-z0-9.+_-]+/[a-z0-9.+_-]+", kind):
            kind = usual
        boundary = parameters.get("boundary", "")
        if kind.startswith("multipart/") and boundary:
            opened += 1
            if len(inside) >= MOST_DEPTH:
                raise UnreadableError("too_deep")
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            pieces = _divided(content, boundary)
            if pieces is None:
                found.append(Part(head, content, "text/plain", parameters, inside))
                continue
            around = (*inside, (kind, opened))
            waiting += [(*split(piece), around, inner) for piece in reversed(pieces)]
        else:
            kind = "text/plain" if kind.startswith("multipart/") else kind
            found.append(Part(head, content, kind, parameters, inside))
        if len(found) + len(waiting) > MOST_PARTS:
            raise UnreadableError("too_many_parts")
    return headers, found


def _divided(body: bytes, boundary: str) -> list[bytes] | None:
    """Return the pieces between boundaries; None where there is no boundary at all."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    pieces: list[bytes] = []
    start: int | None = None
    place = body.find(mark)
    while place >= 0:
        after = place + len(mark)
        closes = body.startswith(b"--", after)
        end = _END_OF_LINE.match(body, after + 2 * closes)
        if end and (place == 0 or body[place - 1 : place] in (b"\n", b"\r")):
            if start is not None:
                before = place - (2 if body[place - 2 : place] == b"\r\n" else 1)
                pieces.append(body[start : max(before, start)])
                if len(pieces) > MOST_PARTS:
                    raise UnreadableError("too_many_parts")
            if closes:
                return pieces or None
            start = end.end()
        place = body.find(mark, after)
    if start is not None:
        pieces.append(body[start:])
    return pieces or None


def _from_uu(raw: bytes) -> bytes:
    found = []
    for line in raw.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        with suppress(binascii.Error, ValueError):
            found.append(binascii.a2b_uu(line))
    return b"".join(found)
