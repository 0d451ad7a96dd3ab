"""Mails for tests, written for them; and a mailbox that holds them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from kalevi.channels.email import imap
from kalevi.channels.email.failures import MailServerError
from kalevi.channels.email.models import Mailbox, Outgoing
from kalevi.channels.email.receiving import SOURCE, arrival, scope_of
from kalevi.channels.email.tasks import understand_mail
from kalevi.interactions.intake import receive
from kalevi.interactions.models import Intake, Interaction

_numbers = count(1)
OURS = "hello@store.example"


def mail(
    text: str = "Hei, missä tilaukseni on?",
    *,
    sender: str = "Maija Malli <maija@example.fi>",
    to: str = OURS,
    subject: str = "Tilaus",
    message_id: str = "",
    date: str = "Thu, 19 Nov 2026 09:12:00 +0200",
    **headers: str,
) -> bytes:
    """Return a plain mail; a header `in_reply_to` is given as In-Reply-To."""
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Date: {date}",
        f"Message-ID: <{message_id or f'test-{next(_numbers)}@example.fi'}>",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        *[f"{name.replace('_', '-').title()}: {value}" for name, value in headers.items()],
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + text.replace("\n", "\r\n")).encode()


def mailbox(**fields: Any) -> Mailbox:
    """Return a stored mailbox."""
    values: dict[str, Any] = {
        "host": "localhost",
        "port": 143,
        "security": "none",
        "username": "hello",
        "address": OURS,
        "since": date(2026, 1, 1),
        "made_at": timezone.now(),
    }
    return Mailbox.objects.create(**values | fields)


def outgoing(**fields: Any) -> Outgoing:
    """Return the stored server that sends."""
    values: dict[str, Any] = {
        "pk": 1,
        "host": "localhost",
        "port": 25,
        "security": "none",
        "address": OURS,
        "name": "Store",
        "changed_at": timezone.now(),
    }
    return Outgoing.objects.create(**values | fields)


def bring(box: Mailbox, *mails: bytes) -> list[Intake]:
    """Receive mails as polling does and understand them; return their rows."""
    arrivals = [arrival(raw) for raw in mails]
    with transaction.atomic():
        receive(source=SOURCE, scope=scope_of(box.pk), arrivals=arrivals, at=timezone.now())
    understand_mail()
    return list(Intake.objects.filter(scope=scope_of(box.pk)).order_by("pk"))


def told_by(row: Intake) -> Interaction | None:
    """Return the interaction that was made of a row."""
    return Interaction.objects.filter(intake=row).first()


class FakeFolder:
    """A folder as `imap.Folder` shows it; `tests/verification` holds that one against Dovecot."""

    def __init__(self, mails: dict[int, bytes], validity: int = 1) -> None:
        self.mails, self.validity = mails, validity
        self.read: list[int] = []
        self.fail_at: int | None = None

    @property
    def next(self) -> int:
        return max(self.mails, default=0) + 1

    def after(self, uid: int, since: date) -> Iterator[tuple[int, list[imap.Found]]]:
        new = [number for number in sorted(self.mails) if number > uid]
        yield (new[-1] if new else uid), [imap.Found(number, len(self.mails[number])) for number in new]

    def fetch(self, found: imap.Found) -> imap.Fetched | None:
        if found.uid == self.fail_at:
            raise MailServerError("broken")
        if found.size > imap.LARGEST:
            return imap.Fetched(self.mails[found.uid][: imap.KEPT_OF_LARGER], "too_large")
        return imap.Fetched(self.mails[found.uid], "")

    def mark_read(self, uid: int) -> None:
        self.read.append(uid)


def serve(monkeypatch: pytest.MonkeyPatch, folder: FakeFolder) -> None:
    """Let every mailbox be this folder."""

    @contextmanager
    def opened(**_server: object) -> Iterator[FakeFolder]:
        yield folder

    monkeypatch.setattr(imap, "opened", opened)


NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
