"""A raw mail as an intake row: one row a mail and mailbox, however often it comes."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError

from kalevi.channels.email.mail.headers import split
from kalevi.interactions.intake import Arrival, digest

SOURCE = "email"
_SAID = ("from", "date", "subject", "to")
Answer = TypeVar("Answer")


def scope_of(mailbox_id: int) -> str:
    """Return whose ids the ids of mails are."""
    return f"email:{mailbox_id}"


def arrival(raw: bytes, *, reason: str = "", place: str = "") -> Arrival:
    """Return a mail as it arrives.

    It is known again by its id together with what it says, without the traces of its way: programs that
    give all their mails the same id lose none. `place` tells apart what the server gave only in part.
    """
    headers, body = split(raw)
    name = next(iter(headers.message_ids("message-id")), "")
    said = [headers.raw(one).encode("utf-8", "replace") for one in _SAID] if name else [raw]
    known = digest(b"mail", name.encode("utf-8", "replace"), place.encode(), *said, b"" if reason else body)
    return Arrival(known, digest(reason.encode()), raw, reason=reason)


def once_more(write: Callable[[], Answer]) -> Answer:
    """Write, and again when somebody brought the same thing at the same moment: now it is known."""
    for _attempt in range(5):
        try:
            return write()
        except IntegrityError:
            continue
    return write()
