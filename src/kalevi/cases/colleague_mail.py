"""Mail to a colleague: where they choose to have it, after their quiet hours, once for each key.

Who has no address that mail goes to is told on Today all the same.
"""

from contextlib import suppress
from datetime import datetime

from kalevi.cases.alert_models import AlertChoice
from kalevi.cases.quiet import after_quiet
from kalevi.channels.email.outbox import CannotSendError, Purpose, send
from kalevi.people.models import Colleague


def choice_of(colleague: Colleague) -> AlertChoice | None:
    """Return how a colleague wishes to be told; None where they chose nothing, and mail is sent at once."""
    return AlertChoice.objects.filter(colleague=colleague).first()


def mail_colleague(
    colleague: Colleague, choice: AlertChoice | None, *, subject: str, text: str, key: str, now: datetime
) -> None:
    """Put a mail to a colleague, without a word of a customer, in the outbox in the caller's transaction."""
    if choice is not None and not choice.by_mail:
        return
    with suppress(CannotSendError):
        send(
            to=colleague.email,
            subject=subject,
            text=text,
            purpose=Purpose.NOTICE,
            key=key,
            not_before=after_quiet(choice, now),
        )


def tell_by_mail(colleague: Colleague, words: str, address: str, key: str, now: datetime) -> None:
    """Tell a colleague one sentence and where to look, by mail."""
    mail_colleague(
        colleague,
        choice_of(colleague),
        subject=words,
        text=f"{words}\n\n{address}\n",
        key=key,
        now=now,
    )
