"""Thanks for one colleague, in the customers' own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from kalevi.cases.praise_models import Praise
from kalevi.people.models import Colleague

SHOWN, KEPT = 5, timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Thanked:
    """Thanks for the reader; `words` are the customer's, empty where they only tapped."""

    praise: Praise
    words: str
    language: str
    told: bool


def thanks_for_colleague(colleague: Colleague, now: datetime) -> Sequence[Thanked]:
    """Return the newest thanks a colleague has not put away, in one query."""
    mine = Praise.objects.filter(
        Q(interaction__isnull=True)
        | Q(interaction__erasure__isnull=True, interaction__verbatim__isnull=False),
        colleague=colleague,
        seen_at__isnull=True,
        passed_at__isnull=True,
        at__gte=now - KEPT,
    ).select_related("interaction__touchpoint", "interaction__contact", "case__contact")
    return tuple(_shown(praise) for praise in mine.order_by("-at", "-pk")[:SHOWN])


def _shown(praise: Praise) -> Thanked:
    said = praise.interaction
    return Thanked(
        praise=praise,
        words=(said.verbatim or "") if said else "",
        language=said.language if said else "",
        told=said is not None and said.told_by_colleague_id is not None,
    )
