"""A raw mail as values: who, when, to what it answers, its text, and what was sent along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kalevi.channels.email.mail.flowed import unflowed
from kalevi.channels.email.mail.headers import Address, Headers
from kalevi.channels.email.mail.html import QUOTED_BELOW, text_of
from kalevi.channels.email.mail.parts import Part, UnreadableError, leaves

LONGEST_TEXT = 400_000
_NEEDED = ("from", "sender", "to", "date", "subject", "message-id", "received", "return-path", "delivered-to")
_ARRIVED_AT = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_NEEDS_HTML = re.compile(r"\bhtml\b", re.IGNORECASE)
_CALENDAR = re.compile(r"^(SUMMARY|DESCRIPTION)(?:;[^:\n]{0,200})?:(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail. `text` is all its words, quotations included; `along` is what was sent with it."""

    headers: Headers
    parts: tuple[Part, ...]
    text: str
    along: tuple[Part, ...]

    @property
    def sender(self) -> Address | None:
        """Who wrote it."""
        return next(iter([*self.headers.addresses("from"), *self.headers.addresses("sender")]), None)

    @property
    def answer_to(self) -> Address | None:
        """Where an answer goes."""
        return next(iter(self.headers.addresses("reply-to")), None) or self.sender

    @property
    def recipients(self) -> list[Address]:
        """Every address it was sent to or delivered at."""
        return [one for name in _ARRIVED_AT for one in self.headers.addresses(name)]

    @property
    def subject(self) -> str:
        """The subject on one line."""
        return " ".join(self.headers.text("subject").split())[:500]

    @property
    def message_id(self) -> str:
        """Its id without brackets; empty where it has none."""
        return next(iter(self.headers.message_ids("message-id")), "")

    @property
    def answered(self) -> list[str]:
        """The ids of the mails it answers, the nearest first."""
        found = [*self.headers.message_ids("in-reply-to"), *reversed(self.headers.message_ids("references"))]
        return list(dict.fromkeys(found))

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent, as it says itself."""
        return self.headers.moment("date")


def parse(raw: bytes) -> Mail:
    """Return a mail as values. Raises UnreadableError, and nothing else."""
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    try:
        headers, parts = leaves(raw)
        if not any(headers.raw(name) for name in _NEEDED):
            raise UnreadableError("not_a_mail")
        if any(_is_encrypted(part) for part in parts):
            raise UnreadableError("encrypted")
        words = _chosen(parts)
        text = _joined([_text(part) for part in words]) or _of_calendar(parts)
        along = tuple(part for part in parts if part not in words and not _is_other_form(part, words))
        return Mail(headers, tuple(parts), text[:LONGEST_TEXT], along)
    except UnreadableError:
        raise
    except Exception as error:
        # Whatever it is, the mail is kept whole for somebody to look at.
        raise UnreadableError("unreadable") from error


def _is_encrypted(part: Part) -> bool:
    kind = part.type in ("application/pkcs7-mime", "application/x-pkcs7-mime")
    return (kind and "signed" not in part.parameters.get("smime-type", "")) or (
        part.type == "application/octet-stream"
        and any(name == "multipart/encrypted" for name, _number in part.inside)
    )


def _group(part: Part) -> tuple[str, int] | None:
    return next((one for one in part.inside if one[0] == "multipart/alternative"), None)


def _chosen(parts: Sequence[Part]) -> list[Part]:
    """Return the parts that hold the words: of the same thing in several forms, the plain one."""
    words = [part for part in parts if part.is_words()]
    if not any(part.text.strip() for part in words):
        named = [part for part in parts if part.type == "text/plain" and part.disposition == "inline"]
        words = words + [part for part in named if part not in words]
    chosen = []
    for part in words:
        same = [other for other in words if _group(other) == _group(part)] if _group(part) else [part]
        plain = [other for other in same if other.type == "text/plain" and other.text.strip()]
        html = [other for other in same if other.type == "text/html"]
        if plain and html and sum(len(other.text) for other in plain) < 300:
            said = " ".join(other.text for other in plain)
            if _NEEDS_HTML.search(said) and len(text_of(html[0].text)) > len(said):
                plain = []
        if part in (plain or html or same):
            chosen.append(part)
    return chosen


def _is_other_form(part: Part, words: Sequence[Part]) -> bool:
    group = _group(part)
    return part.is_words() and group is not None and any(_group(other) == group for other in words)


def _text(part: Part) -> str:
    if part.type == "text/html":
        return text_of(part.text.replace(QUOTED_BELOW, " "))
    # The mark by which quoted HTML is told is nobody's letter.
    text = part.text.replace(QUOTED_BELOW, " ")
    if part.parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return text


def _joined(texts: Sequence[str]) -> str:
    return "\n\n".join(text.strip("\n").rstrip() for text in texts if text.strip())


def _of_calendar(parts: Sequence[Part]) -> str:
    """Return what an invitation says, where a mail holds nothing but it."""
    found = []
    for part in parts:
        if part.type == "text/calendar":
            unfolded = re.sub(r"\n[ \t]", "", part.text[:LONGEST_TEXT])
            found += [value for _name, value in _CALENDAR.findall(unfolded)]
    text = "\n\n".join(dict.fromkeys(one.strip() for one in found if one.strip()))
    return re.sub(r"\\([,;\\])", r"\1", text.replace("\\n", "\n").replace("\\N", "\n"))
