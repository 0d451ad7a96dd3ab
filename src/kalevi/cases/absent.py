"""Next steps that come due while whoever carries them is away for days: which they are, and who may step in.

Nothing moves by itself: a hand-over needs the word of whoever takes it, so that those who could are told.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from kalevi.cases.models import LIVE, Case
from kalevi.cases.shift_models import Away
from kalevi.people.models import Colleague
from kalevi.shell.queries import company
from kalevi.shell.roles import STAFF, Role

# The day before there is still time to speak about it.
AHEAD = timedelta(days=1)
# Where nobody leads, as in a small shop, the others are told: as long as they are few.
FEW = 5


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away that have begun, or begin by tomorrow: from the first midnight to the one after the last."""

    number: int
    colleague_id: int
    begins: datetime
    ends: datetime

    def meanwhile(self, now: datetime) -> Q:
        """Return which cases have their next step meanwhile; once it has begun, also those late already."""
        due = Q(owner=self.colleague_id, step_at__lt=self.ends)
        return due if now >= self.begins else due & Q(step_at__gte=self.begins)


def absences(now: datetime) -> list[Absence]:
    """Return whose days away have begun or begin by tomorrow."""
    # A day wider than any zone: mostly nobody is away, and the company need not be asked for its own.
    around = now.astimezone(UTC).date()
    near = Away.objects.filter(begins_on__lte=around + 2 * AHEAD, ends_on__gte=around - AHEAD)
    rows = list(near.order_by("begins_on", "pk"))
    if not rows:
        return []
    zone = ZoneInfo(company().time_zone)
    today = now.astimezone(zone).date()
    return [
        Absence(
            number=one.pk,
            colleague_id=one.colleague_id,
            begins=datetime.combine(one.begins_on, time(), zone),
            ends=datetime.combine(one.ends_on + timedelta(days=1), time(), zone),
        )
        for one in rows
        if one.begins_on <= today + AHEAD and one.ends_on >= today
    ]


def steps_meanwhile(known: Sequence[Absence], now: datetime) -> QuerySet[Case]:
    """Return the live cases whose next step is due while their carrier is away, the nearest first."""
    if not known:
        return Case.objects.none()
    meanwhile = reduce(or_, (one.meanwhile(now) for one in known))
    return Case.objects.filter(meanwhile, state__in=LIVE).order_by("step_at", "pk")


def who_steps_in(known: Sequence[Absence]) -> list[Colleague]:
    """Return who hears of such cases: who leads, and where nobody who leads is here, the others."""
    return who_leads(besides={one.colleague_id for one in known})


def who_leads(*, besides: Collection[int]) -> list[Colleague]:
    """Return who hears of what its carrier leaves undone, but `besides`: who leads, else a few others."""
    here = list(Colleague.objects.here(STAFF).exclude(pk__in=besides).order_by("pk"))
    return [one for one in here if one.holds(Role.MANAGER)] or here[:FEW]
