"""Walking up: a mail that is sent, or a call or a meeting that is written down, kept as an interaction."""

from django.db import transaction
from django.utils import timezone

from kalevi.approaches import written
from kalevi.approaches.actions.taking import EndedError, note, standing
from kalevi.approaches.models import Approach, State, Way
from kalevi.channels.email.outbox import Purpose, send
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Intake, Interaction
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.people.models import Colleague, Identity


def walk_up(
    *, approach_id: int, colleague: Colleague, words: str, subject: str = "", language: str = ""
) -> Approach:
    """Send what was written, or keep what was said, and wait to hear how it was met.

    Only whoever took it does it, once. Raises EndedError and CannotSendError.
    """
    now = timezone.now()
    identity = digest(b"approach", str(approach_id).encode())
    with transaction.atomic():
        one = standing(approach_id, State.TAKEN)
        if one.taken_by_id != colleague.pk:
            raise EndedError
        own = ("contact", str(one.contact_id))
        # By an identity of ours, so that it finds its contact also after a merge.
        Identity.objects.get_or_create(kind=own[0], value=own[1], defaults={"contact": one.contact})
        raw = written.packed(
            words=words,
            subject=subject,
            colleague_id=colleague.pk,
            way=Way(one.way),
            contact_id=one.contact_id,
            at=now,
            language=language,
        )
        receive(
            source=written.SOURCE,
            scope=written.SOURCE,
            arrivals=[Arrival(identity, digest(b""), raw)],
            at=now,
        )
        if one.way == Way.MAIL:
            row = Intake.objects.get(scope=written.SOURCE, identity=identity)
            send(
                to=one.contact.email,
                subject=subject,
                text=words,
                contact_id=one.contact_id,
                purpose=Purpose.ANSWER,
                key=f"approach:{one.pk}",
                language=language,
                intake_id=row.pk,
            )
        one.state, one.approached_at = State.APPROACHED, now
        one.save(update_fields=["state", "approached_at"])
        note("walk_up", one, colleague, way=one.way)
    understand_waiting()
    return Approach.objects.get(pk=approach_id)


def understand_waiting() -> int:
    """Make interactions of what was said and name them by their approaches; return how many were named."""
    understand(reader=default_reader(), source=written.SOURCE)
    waiting = Approach.objects.filter(state=State.APPROACHED, sent__isnull=True)
    named = 0
    for one in waiting:
        identity = digest(b"approach", str(one.pk).encode())
        sent = Interaction.objects.filter(intake__scope=written.SOURCE, intake__identity=identity).first()
        if sent is not None:
            named += Approach.objects.filter(pk=one.pk, sent__isnull=True).update(sent=sent)
    return named
