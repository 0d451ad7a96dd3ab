"""Reading mailboxes into the intake log: a mail is on the server until it is on our disk, and stays there."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from kalevi.channels.email import imap
from kalevi.channels.email.failures import MailServerError, key_of
from kalevi.channels.email.models import Mailbox
from kalevi.channels.email.receiving import SOURCE, arrival, once_more, scope_of
from kalevi.channels.email.sealing import SealedError, opened
from kalevi.guards.rows import adapt_datetime, any_row
from kalevi.interactions.intake import receive
from kalevi.jobs import leases

MOST_MAILS, MOST_SECONDS = 300, 60.0
EVERY, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


@dataclass
class Polled:
    """How many mails were stored, and whether there are more to fetch at once."""

    stored: int = 0
    looked_at: int = 0
    more: bool = False


def poll_due() -> Polled:
    """Read every mailbox whose time has come."""
    all_of_them = Polled()
    due = Mailbox.objects.filter(active=True).filter(
        Q(next_check_at__isnull=True) | Q(next_check_at__lte=timezone.now())
    )
    for mailbox in due.order_by("next_check_at", "pk"):
        polled = poll(mailbox)
        all_of_them.stored += polled.stored
        all_of_them.looked_at += polled.looked_at
        all_of_them.more |= polled.more
        leases.report(done=all_of_them.looked_at)
    return all_of_them


def some_mailbox_is_due() -> bool:
    """Whether the time of a mailbox has come."""
    return any_row(
        "SELECT 1 FROM channels_email_mailbox WHERE active"
        " AND (next_check_at IS NULL OR next_check_at <= %s)",
        [adapt_datetime(timezone.now())],
    )


def poll(mailbox: Mailbox) -> Polled:
    """Read one mailbox; what goes wrong is written on it, and it rests twice as long each time."""
    polled = Polled()
    try:
        password = opened(mailbox.password)
        with imap.opened(
            host=mailbox.host,
            port=mailbox.port,
            security=mailbox.security,
            username=mailbox.username,
            password=password,
            folder=mailbox.folder,
            changing=mailbox.mark_read,
        ) as folder:
            _read(mailbox, folder, polled)
    except (MailServerError, SealedError) as error:
        _failed(mailbox, key_of(error))
    else:
        now = timezone.now()
        with leases.effect():
            Mailbox.objects.filter(pk=mailbox.pk).update(
                failure="",
                failing_since=None,
                failures=0,
                checked_at=now,
                next_check_at=now if polled.more else now + EVERY,
            )
    return polled


def _failed(mailbox: Mailbox, key: str) -> None:
    now = timezone.now()
    pause = min(timedelta(minutes=1) * 2 ** min(mailbox.failures, 10), LONGEST_PAUSE)
    with leases.effect():
        Mailbox.objects.filter(pk=mailbox.pk).update(
            failure=key,
            failing_since=mailbox.failing_since or now,
            failures=F("failures") + 1,
            checked_at=now,
            next_check_at=now + pause,
        )


def _read(mailbox: Mailbox, folder: imap.Folder, polled: Polled) -> None:
    if folder.validity != mailbox.uid_validity:
        # The server has numbered the mails anew: all are looked at again, and known ones are known.
        with leases.effect():
            Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=folder.validity, last_uid=0)
        mailbox.uid_validity, mailbox.last_uid = folder.validity, 0
    begun = time.monotonic()
    for reached, mails in folder.after(mailbox.last_uid, mailbox.since):
        for found in mails:
            fetched = folder.fetch(found)
            if fetched is not None:
                polled.stored += _store(mailbox, found.uid, fetched)
                if mailbox.mark_read:
                    folder.mark_read(found.uid)
            polled.looked_at += 1
            if polled.looked_at >= MOST_MAILS or time.monotonic() - begun > MOST_SECONDS:
                polled.more = True
                return
        with leases.effect():
            _go_on(mailbox, reached)


def _store(mailbox: Mailbox, uid: int, fetched: imap.Fetched) -> int:
    place = f"{mailbox.uid_validity}:{uid}" if fetched.reason else ""
    one = arrival(fetched.raw, reason=fetched.reason, place=place)

    def write() -> int:
        with leases.effect():
            received = receive(source=SOURCE, scope=scope_of(mailbox.pk), arrivals=[one], at=timezone.now())
            _go_on(mailbox, uid)
        return received.stored + received.rejected

    return once_more(write)


def _go_on(mailbox: Mailbox, uid: int) -> None:
    Mailbox.objects.filter(
        pk=mailbox.pk, uid_validity=mailbox.uid_validity, last_uid__lt=uid, since=mailbox.since
    ).update(last_uid=uid)
