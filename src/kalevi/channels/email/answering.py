"""What we answer by mail: an interaction of ours, kept as it was written, and the mail that carries it."""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.email.mail.parsing import parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.models import Sending
from kalevi.channels.email.outbox import Purpose, send
from kalevi.channels.email.receiving import SOURCE
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Channel, Intake, Interaction, Kind
from kalevi.interactions.told import Told, Understood
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.people.models import Colleague

SENT = "email_sent"


def address_to_answer(interaction: Interaction) -> str:
    """Return where an answer to an interaction goes; empty when nobody's address is known."""
    if interaction.intake.source == SOURCE and interaction.intake.raw and not interaction.outbound:
        try:
            mail = parse(bytes(interaction.intake.raw))
        except UnreadableError:
            pass
        else:
            if mail.answer_to is not None and interaction.told_by_colleague_id is None:
                return mail.answer_to.email
    return interaction.contact.email if interaction.contact else ""


def subject_to_answer(interaction: Interaction) -> str:
    """Return the subject of an answer to a mail; empty where what is answered was none."""
    if interaction.intake.source != SOURCE or not interaction.intake.raw:
        return ""
    try:
        subject = parse(bytes(interaction.intake.raw)).subject
    except UnreadableError:
        return ""
    known = ("re:", "vs:", "sv:", "vast:", "aw:")
    return subject if not subject or subject.lower().startswith(known) else f"Re: {subject}"


def answer(
    *,
    colleague: Colleague,
    token: str,
    interaction: Interaction,
    to: str,
    subject: str,
    words: str,
    closing: str = "",
) -> Sending:
    """Keep an answer as ours and send it. A known `token` is the same answer. Raises CannotSendError.

    `closing` goes out below the words and stands in the mail alone: a link only its reader may have.
    """
    now = timezone.now()
    number = str(interaction.pk).encode()
    identity = digest(b"answer", number, str(colleague.pk).encode(), token.encode())
    raw = json.dumps(
        {
            "words": words,
            "subject": subject,
            "colleague": colleague.pk,
            "answers": interaction.pk,
            "occurred_at": now.isoformat(),
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")
    with transaction.atomic():
        arrival = Arrival(identity, digest(b""), raw)
        received = receive(source=SENT, scope=SENT, arrivals=[arrival], at=now)
        row = Intake.objects.get(scope=SENT, identity=identity)
        sending = send(
            to=to,
            subject=subject,
            text=f"{words}{closing}",
            reply_to_interaction=interaction.pk,
            purpose=Purpose.ANSWER,
            key=f"answer:{row.pk}",
            intake_id=row.pk,
        )
        if received.stored:
            record(
                action="email.answer",
                actor_id=colleague.pk,
                subject=f"interaction:{interaction.pk}",
                contact_id=interaction.contact_id,
                sending=sending.pk,
            )
    understand(reader=default_reader(), source=SENT)
    return sending


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Understand answers that were written here; one that is none is kept whole with the reason."""
    return [_understood(bytes(row.raw or b"")) for row in rows]


def _understood(raw: bytes) -> Understood:
    try:
        kept = json.loads(raw.decode("utf-8", "surrogatepass"))
        told = Told(
            datetime.fromisoformat(kept["occurred_at"]),
            str(kept["words"]) or None,
            channel=Channel.EMAIL.value,
            kind=Kind.MESSAGE.value,
            outbound=True,
            told_by_colleague_id=int(kept["colleague"]),
            answers=int(kept["answers"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Understood(reason="not_an_answer")
    return Understood((told,))
