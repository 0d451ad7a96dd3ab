"""How long this room has a ground to keep somebody, and the words of nobody in particular."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from kalevi.interactions.erasing import erase_intakes, erase_interactions
from kalevi.interactions.ids import SEQUENCE_BITS, earliest_id, moment_of
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.endings import BATCH, NOTICE
from kalevi.people.keeping import months_later
from kalevi.people.models import Contact, Erasure

_UNKNOWN = (Intake.State.WAITING, Intake.State.REJECTED)


def last_encounters(contact_ids: Sequence[int], months: int) -> Mapping[int, date]:
    """Contact -> the day so many months after they last turned to us; what we sent them does not count.

    What is said to happen later than now is no encounter yet.
    """
    newest = (
        Interaction.objects.filter(
            contact=OuterRef("pk"), outbound=False, pk__lt=earliest_id(timezone.now() + timedelta(seconds=1))
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    met = Contact.objects.filter(pk__in=contact_ids).annotate(newest=Subquery(newest))
    return {
        contact_id: months_later(timezone.localdate(moment_of(number)), months)
        for contact_id, number in met.values_list("pk", "newest")
        if number is not None
    }


def intake_of(number: int) -> int:
    """Return the id of the intake row from which an interaction got its own; see `ids.interaction_id`."""
    return (number & ((1 << SEQUENCE_BITS) - 1)) >> 1


class UnnamedWords:
    """What nobody known to us said, and rows that never became anything; see `people.endings.Unnamed`."""

    def below(self, moment: datetime) -> int:
        """Return the id not larger than that of anything that happened at a moment or later."""
        return earliest_id(moment)

    def count(self, below: int) -> int:
        """Return how many things there are below an id."""
        return _unnamed(below).count() + _unknown(below).count()

    def next(self, below: int, received_before: datetime, after: int | None) -> Sequence[int]:
        """Return the next ids, `BATCH` at most; at last one for rows that never became interactions."""
        words = _unnamed(below).filter(received_at__lte=received_before).order_by("pk")
        if after is not None:
            words = words.filter(pk__gt=after)
        ids = list(words.values_list("pk", flat=True)[:BATCH])
        if ids or after == below - 1:
            return ids
        return [below - 1] if _unknown(below).filter(received_at__lte=received_before).exists() else []


def erase_unnamed(below: int, erasure: Erasure) -> None:
    """Erase what nobody known to us said below an id and has been here for a month; the kind "unnamed"."""
    here = erasure.at - NOTICE
    words = _unnamed(below).filter(received_at__lte=here)
    erase_interactions(list(words.values_list("pk", flat=True)), erasure)
    erase_intakes(list(_unknown(below).filter(received_at__lte=here).values_list("pk", flat=True)), erasure)


def _unnamed(below: int) -> QuerySet[Interaction]:
    return Interaction.objects.filter(contact__isnull=True, erasure__isnull=True, pk__lt=below)


def _unknown(below: int) -> QuerySet[Intake]:
    return Intake.objects.filter(state__in=_UNKNOWN, erasure__isnull=True, received_at__lt=moment_of(below))
