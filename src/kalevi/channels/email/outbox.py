"""Mail that goes out: a row in the caller's transaction, sent after its commit.

Other rooms call `send`; whether anything can be sent tells `can_send`.
"""

import re
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from kalevi.channels.email import delivering
from kalevi.channels.email.mail.parsing import parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.models import Mailbox, Outgoing, Sending
from kalevi.channels.email.receiving import SOURCE
from kalevi.channels.email.sealing import bare, digest_of
from kalevi.interactions.models import Interaction
from kalevi.jobs.watches import OUTWARD

Purpose = Sending.Purpose


class CannotSendError(Exception):
    """No server to send with has been set, or the address is none; the argument is the key of the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def can_send() -> bool:
    """Whether a server to send with has been set."""
    return Outgoing.objects.filter(pk=1).exists()


def answers_come_to() -> str:
    """Return the address at which answers are read; empty when no mailbox is."""
    boxes = list(Mailbox.objects.filter(active=True).order_by("pk").values_list("address", flat=True))
    ours = Outgoing.objects.filter(pk=1).values_list("address", flat=True).first() or ""
    return next((one for one in boxes if one.lower() == ours.lower()), boxes[0] if boxes else "")


@task(queue_name=OUTWARD)
def deliver() -> int:
    """Send what is due; return how many went out."""
    return delivering.deliver_due()


@transaction.atomic
def send(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to_interaction: int | None = None,
    contact_id: int | None = None,
    purpose: str = Purpose.NOTICE,
    key: str | None = None,
    unsubscribe: str = "",
    language: str = "",
    intake_id: int | None = None,
    not_before: datetime | None = None,
) -> Sending:
    """Put a mail in the outbox; it leaves after the caller's commit, at least once, always as the same mail.

    `key` names what it is about: the same key is the same mail, returned as it stands. `unsubscribe` is an
    address (https) where who got an invitation wishes to get no more. Raises CannotSendError.
    """
    outgoing = Outgoing.objects.filter(pk=1).first()
    if outgoing is None:
        raise CannotSendError("not_set")
    if key is not None and (known := Sending.objects.filter(key=key).first()):
        return known
    to = to.strip()
    try:
        validate_email(to)
    except ValidationError as error:
        raise CannotSendError("address") from error
    answered = Interaction.objects.select_related("intake").filter(pk=reply_to_interaction or 0).first()
    in_reply_to, references = _thread_of(answered)
    made_at = timezone.now()
    name = f"kalevi.{uuid4().hex}@{outgoing.address.rpartition('@')[2]}"
    row = Sending(
        purpose=purpose,
        key=key,
        message_id=name,
        message=digest_of(name),
        to=to,
        recipient=digest_of(bare(to)),
        subject=one_line(subject)[:300],
        text=text.replace("\x00", ""),
        html=html.replace("\x00", ""),
        language=language,
        in_reply_to=in_reply_to,
        references=references,
        unsubscribe=unsubscribe,
        contact_id=contact_id or (answered.contact_id if answered else None),
        interaction=answered,
        intake_id=intake_id,
        next_at=not_before or made_at,
        made_at=made_at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return Sending.objects.get(key=key)
    return row


def one_line(text: str) -> str:
    """Return a text that cannot begin another header."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text).split())


def _thread_of(answered: Interaction | None) -> tuple[str, str]:
    """Return the id of the mail that is answered, and the ids of those before it."""
    if answered is None or answered.intake.source != SOURCE or not answered.intake.raw:
        return "", ""
    try:
        mail = parse(bytes(answered.intake.raw))
    except UnreadableError:
        return "", ""
    before = list(reversed(mail.answered))[-20:]
    if not mail.message_id:
        return "", ""
    ids = [one for one in [*before, mail.message_id] if re.fullmatch(r"[!-;=?-~]{3,240}", one)]
    last = mail.message_id if mail.message_id in ids else ""
    return last, " ".join(f"<{one}>" for one in ids)
