"""Writing down what a customer said at the counter, on the phone, in passing, and that they were answered."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions import notes
from kalevi.interactions.actions.readings import ConfirmedError, NothingToReadError, change_own_reading
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import ColleagueReading, Intake, Interaction
from kalevi.interactions.understanding import BATCH, understand
from kalevi.people import erasing
from kalevi.people.models import Colleague, Contact, Identity, Reason

# As long as the writer may take a note back: a slip of the thumb is seen at once or not at all.
BACK_WITHIN = timedelta(minutes=10)


class TooLateError(Exception):
    """The note is not the colleague's own, is older than `BACK_WITHIN`, was answered or read by another."""


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
    feeling: str = "",
) -> int | None:
    """Receive a note, then understand it; return the id of what it became, None when it still waits.

    A `token` that came before is the same note: it is kept once. `feeling` is the colleague's own reading.
    """
    identity = digest(token.encode())
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
            feeling=feeling,
        )
        arrival = Arrival(identity, digest(b""), raw)
        received = receive(source=notes.SOURCE, scope="note", arrivals=[arrival], at=timezone.now())
        if received.stored:
            record(
                action="interactions.keep_note",
                actor_id=colleague.pk,
                subject=f"colleague:{colleague.pk}",
                contact_id=contact.pk if contact else None,
                channel=channel,
            )
    understand_notes()
    return (
        Interaction.objects.filter(intake__scope="note", intake__identity=identity)
        .values_list("pk", flat=True)
        .first()
    )


def understand_notes() -> int:
    """Understand the notes that wait, and keep what colleagues read in them; return how many there were."""
    reader = notes.reader()
    with transaction.atomic():
        waiting = Intake.objects.filter(source=notes.SOURCE, state=Intake.State.WAITING).order_by("id")
        rows = list(waiting.values_list("pk", "raw")[:BATCH])
        if rows:
            understand(reader=reader, source=notes.SOURCE)
        for number, raw in rows:
            if read := notes.read_by_colleague(bytes(raw or b"")):
                _keep_reading(number, *read)
    return len(rows)


def _keep_reading(intake_id: int, colleague_id: int, feeling: str) -> None:
    colleague = Colleague.objects.filter(pk=colleague_id).first()
    told = Interaction.objects.filter(intake_id=intake_id).first()
    if colleague is None or told is None:
        return
    mine = ColleagueReading.objects.filter(interaction=told, colleague=colleague)
    if mine.exists():
        return
    try:
        change_own_reading(colleague=colleague, interaction_id=told.pk, kind="feeling", key=feeling)
    except (KeyError, NothingToReadError, ConfirmedError):
        return


def take_note_back(*, colleague: Colleague, interaction: Interaction) -> None:
    """Erase a note for the colleague who just wrote it; that there was one stays. Raises TooLateError."""
    if not may_take_back(colleague, interaction):
        raise TooLateError
    erasing.erase(kind="interaction", number=interaction.pk, reason=Reason.TAKEN_BACK, actor_id=colleague.pk)


def may_take_back(colleague: Colleague, interaction: Interaction) -> bool:
    """Return whether a note is the colleague's own and fresh, and nobody has built on it yet."""
    return (
        interaction.source == notes.SOURCE
        and interaction.told_by_colleague_id == colleague.pk
        and not interaction.outbound
        and interaction.erasure_id is None
        and interaction.received_at > timezone.now() - BACK_WITHIN
        and not interaction.answered_by.exists()
        and not interaction.colleague_readings.exclude(colleague=colleague).exists()
    )


def keep_answer(
    *, colleague: Colleague, token: str, interaction: Interaction, words: str, channel: str = ""
) -> None:
    """Receive that a customer's words were answered, then understand it. A known `token` is the same answer.

    Without a `channel` it went the way the words came; `words` tell what was said or done, and may be empty.
    """
    now, channel = timezone.now(), channel or interaction.channel
    raw = notes.packed_answer(
        words=words,
        colleague_id=colleague.pk,
        channel=channel,
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
                channel=channel,
            )
    understand_notes()
