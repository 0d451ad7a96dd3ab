"""Writing down what a customer said at the counter, on the phone, in passing, and that they were answered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions import notes
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Interaction
from kalevi.interactions.understanding import understand
from kalevi.people.models import Colleague, Contact, Identity


def keep_note(
    *,
    colleague: Colleague,
    token: str,
    words: str,
    channel: str,
    touchpoint: str,
    occurred_at: datetime,
    contact: Contact | None = None,
    email: str = "",
    phone: str = "",
    name: str = "",
) -> None:
    """Receive a note, then understand it. A `token` that came before is the same note: it is kept once."""
    with transaction.atomic():
        identities = [(kind, value) for kind, value in (("email", email.lower()), ("phone", phone)) if value]
        if contact is not None:
            # An identity of ours, so that the note finds its contact also after a merge.
            own = ("contact", str(contact.pk))
            Identity.objects.get_or_create(kind=own[0], value=own[1], defaults={"contact": contact})
            identities.insert(0, own)
        raw = notes.packed_note(
            words=words,
            colleague_id=colleague.pk,
            channel=channel,
            touchpoint=touchpoint,
            occurred_at=occurred_at,
            identities=identities,
            name=name,
        )
        arrival = Arrival(digest(token.encode()), digest(b""), raw)
        received = receive(source=notes.SOURCE, scope="note", arrivals=[arrival], at=timezone.now())
        if received.stored:
            record(
                action="interactions.keep_note",
                actor_id=colleague.pk,
                subject=f"colleague:{colleague.pk}",
                contact_id=contact.pk if contact else None,
                channel=channel,
            )
    understand(reader=notes.reader(), source=notes.SOURCE)


def keep_answer(*, colleague: Colleague, token: str, interaction: Interaction, words: str) -> None:
    """Receive that a customer's words were answered, then understand it. A known `token` is the same answer.

    It went the way the words came; `words` tell what was said or done, and may be empty.
    """
    now = timezone.now()
    raw = notes.packed_answer(
        words=words,
        colleague_id=colleague.pk,
        channel=interaction.channel,
        occurred_at=now,
        answers=interaction.pk,
    )
    identity = digest(b"answer", str(interaction.pk).encode(), str(colleague.pk).encode(), token.encode())
    with transaction.atomic():
        arrival = Arrival(identity, digest(b""), raw)
        received = receive(source=notes.SOURCE, scope="note", arrivals=[arrival], at=now)
        if received.stored:
            record(
                action="interactions.keep_answer",
                actor_id=colleague.pk,
                subject=f"interaction:{interaction.pk}",
                contact_id=interaction.contact_id,
                channel=interaction.channel,
            )
    understand(reader=notes.reader(), source=notes.SOURCE)
