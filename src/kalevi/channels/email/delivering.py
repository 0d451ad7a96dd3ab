"""Taking mails from the outbox to the server: each is claimed first, so that two workers send it once.

One whose worker dies after the server took it goes again, with the same id: at least once.
"""

import smtplib
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from kalevi.channels.email import smtp
from kalevi.channels.email.composing import composed
from kalevi.channels.email.failures import MailServerError, key_of
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.channels.email.sealing import SealedError, opened
from kalevi.guards.rows import adapt_datetime, any_row
from kalevi.jobs import leases

CLAIMED, MOST, TRIED = timedelta(minutes=10), 200, timedelta(days=3)
_LONGEST_PAUSE = timedelta(hours=2)


def some_mail_is_due() -> bool:
    """Whether a mail waits to be sent now, and there is a server to send with."""
    return any_row(
        "SELECT 1 FROM channels_email_sending WHERE state = %s AND next_at <= %s"
        " AND EXISTS (SELECT 1 FROM channels_email_outgoing)",
        [str(Sending.State.WAITING), adapt_datetime(timezone.now())],
    )


def deliver_due() -> int:
    """Send what is due, over one connection; return how many the server took."""
    outgoing = Outgoing.objects.filter(pk=1).first()
    if outgoing is None or not _due():
        return 0
    sent = 0
    try:
        password = opened(outgoing.password)
        with smtp.opened(
            host=outgoing.host,
            port=outgoing.port,
            security=outgoing.security,
            username=outgoing.username,
            password=password,
        ) as server:
            _well(outgoing)
            for number in _due():
                sending = _claim(number)
                if sending is not None:
                    sent += _deliver_one(sending, outgoing, server)
                leases.report(done=sent)
    except (MailServerError, SealedError) as error:
        _rest(outgoing, key_of(error))
    return sent


def _due() -> list[int]:
    waiting = Sending.objects.filter(state=Sending.State.WAITING, next_at__lte=timezone.now())
    return list(waiting.order_by("next_at", "pk").values_list("pk", flat=True)[:MOST])


def _claim(number: int) -> Sending | None:
    """Take one mail for ten minutes; None when somebody else has it, or it is gone."""
    now = timezone.now()
    with leases.effect():
        mine = Sending.objects.filter(pk=number, state=Sending.State.WAITING, next_at__lte=now).update(
            next_at=now + CLAIMED, attempts=F("attempts") + 1
        )
    return Sending.objects.get(pk=number) if mine else None


def _deliver_one(sending: Sending, outgoing: Outgoing, server: smtplib.SMTP) -> int:
    from kalevi.channels.email.outbox import answers_come_to

    try:
        raw = composed(sending, outgoing, answers_come_to())
        smtp.hand_over(server, sender=outgoing.address, to=sending.to, raw=raw)
    except MailServerError as error:
        _not_sent(sending, error)
        return 0
    except (ValueError, LookupError):
        # An address that no mail can be made for.
        _not_sent(sending, MailServerError("content"))
        return 0
    with leases.effect():
        Sending.objects.filter(pk=sending.pk, state=Sending.State.WAITING).update(
            state=Sending.State.SENT, sent_at=timezone.now(), failure="", reply=""
        )
    return 1


def _not_sent(sending: Sending, error: MailServerError) -> None:
    now = timezone.now()
    over = error.key in smtp.PERMANENT or now - sending.made_at > TRIED
    pause = min(timedelta(minutes=1) * 2 ** min(sending.attempts, 10), _LONGEST_PAUSE)
    with leases.effect():
        Sending.objects.filter(pk=sending.pk, state=Sending.State.WAITING).update(
            state=Sending.State.FAILED if over else Sending.State.WAITING,
            failure=error.key,
            reply=error.reply[:300],
            next_at=now + pause,
            ended_at=now if over else None,
        )
    if error.key == "broken":
        raise error


def _well(outgoing: Outgoing) -> None:
    if outgoing.failure:
        with leases.effect():
            Outgoing.objects.filter(pk=1).update(failure="", failing_since=None)


def _rest(outgoing: Outgoing, key: str) -> None:
    """Write on the server what is wrong with it, and let the mails wait; after days they are given up."""
    now = timezone.now()
    since = outgoing.failing_since or now
    pause = min(max((now - since) / 4, timedelta(minutes=1)), _LONGEST_PAUSE)
    with leases.effect():
        Outgoing.objects.filter(pk=1).update(failure=key, failing_since=since)
        waiting = Sending.objects.filter(state=Sending.State.WAITING, next_at__lte=now + CLAIMED)
        waiting.filter(made_at__lt=now - TRIED).update(state=Sending.State.FAILED, failure=key, ended_at=now)
        waiting.filter(state=Sending.State.WAITING).update(next_at=now + pause, failure=key)
