"""How many promises were kept: by the first date the customer heard, of those whose first date has come.

A promise the customer released us from before that date is not counted, nor one of somebody erased before it.
Moving a date changes nothing here. Each figure carries its n and its 95% Wilson interval (`kalevi.stats`).
No figure tells of one colleague, but to that colleague; none of a team tells of fewer than five people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext

from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague
from kalevi.promises.carers import carers
from kalevi.promises.models import Promise, State
from kalevi.shell.roles import STAFF
from kalevi.stats import Share

PERIOD = timedelta(days=365)
FEWEST_OF_A_TEAM = 5
# Of fewer a share says nothing but chance.
FEWEST_FOR_A_SHARE = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """The share that was kept, by how many `people` (besides the reader, or in the team).

    `hidden` says why it is not shown: it would tell of "one", or a team is too "few"; empty where it is.
    """

    label: str
    share: Share
    hidden: str = ""
    people: int = 0

    @property
    def told(self) -> str:
        """What is said of it: "share", why there is none ("one", "few", "thin"), or "nothing" to count."""
        if self.hidden or not self.share.n:
            return self.hidden or "nothing"
        return "share" if self.share.n >= FEWEST_FOR_A_SHARE else "thin"

    @property
    def low(self) -> float:
        """The lower end of the 95% interval."""
        return self.share.interval[0]

    @property
    def high(self) -> float:
        """The upper end of the 95% interval."""
        return self.share.interval[1]


@dataclass(frozen=True, slots=True)
class Rates:
    """All figures of promises given: of everything, the reader's own, and by where and by whom."""

    whole: Rate
    own: Rate
    touchpoints: tuple[Rate, ...]
    teams: tuple[Rate, ...]


def due_promises(now: datetime) -> QuerySet[Promise]:
    """Return the promises that count: their first date lies in the last 365 days."""
    fell_away = Q(state__in=(State.RELEASED, State.FELL_AWAY), ended_at__lte=F("first_due_at"))
    return Promise.objects.filter(first_due_at__gt=now - PERIOD, first_due_at__lte=now).exclude(fell_away)


def rates_for_colleague(reader: Colleague, now: datetime) -> Rates:
    """Return the figures: four queries, for any number of promises, touchpoints and teams."""
    due = due_promises(now).order_by()
    whole = due.aggregate(**_counted(reader))
    own = due.filter(owner=reader).aggregate(**_counted(reader))
    rows = counted_by(due, "touchpoint", reader)
    points = list(Touchpoint.objects.filter(pk__in=[key for key in rows if key]))
    named = {point.pk: point.name for point in points}
    by_point = [rate_of(named.get(key or 0, gettext("no touchpoint")), row) for key, row in rows.items()]
    return Rates(
        whole=rate_of("", whole),
        own=rate_of("", own),
        touchpoints=hidden_together(by_point),
        teams=_teams(rows, {point.pk: point.name for point in Touchpoint.objects.all()}),
    )


def _counted(reader: Colleague) -> dict[str, Any]:
    return {
        "n": Count("pk"),
        "kept": Count("pk", filter=Q(state=State.KEPT)),
        "others": Count("owner", distinct=True, filter=~Q(owner=reader)),
    }


def counted_by(due: QuerySet[Promise], field: str, reader: Colleague) -> dict[int | None, Mapping[str, Any]]:
    """Return the counts of promises by a field, for `rate_of`: one query."""
    return {row[field]: row for row in due.order_by().values(field).annotate(**_counted(reader))}


def rate_of(label: str, row: Mapping[str, Any] | None) -> Rate:
    """Return the figure of a row of `counted_by`, n = 0 where there is none.

    Whoever knows their own could tell that of a single other one: then it is hidden.
    """
    counted = row or {"n": 0, "kept": 0, "others": 0}
    hidden = "one" if counted["others"] == 1 else ""
    return Rate(label, Share(counted["kept"], counted["n"]), hidden, counted["others"])


def hidden_together(rates: Iterable[Rate]) -> tuple[Rate, ...]:
    """Return rates by their n, the largest first. One that is hidden alone could be told from the whole and
    the others: then the one of fewest people besides is hidden with it.
    """
    found = sorted(rates, key=lambda rate: (-rate.share.n, rate.label))
    hidden = [rate for rate in found if rate.hidden]
    shown = [rate for rate in found if not rate.hidden and rate.share.n]
    if len(hidden) == 1 and shown:
        besides = min(shown, key=lambda rate: (rate.people, rate.share.n, rate.label))
        found = [replace(rate, hidden="one") if rate is besides else rate for rate in found]
    return tuple(found)


def _teams(rows: Mapping[Any, Mapping[str, Any]], names: Mapping[int, str]) -> tuple[Rate, ...]:
    """A team is the people who take care of the same touchpoints; the rest belongs to everybody together."""
    on_duty = carers()
    grouped: dict[frozenset[int], list[int | None]] = {}
    for touchpoint_id in rows:
        grouped.setdefault(on_duty.get(touchpoint_id, frozenset()), []).append(touchpoint_id)
    found = []
    for team, places in grouped.items():
        share = Share(sum(rows[place]["kept"] for place in places), sum(rows[place]["n"] for place in places))
        label = ", ".join(_sorted_names(places, names)) if team else gettext("everybody together")
        people = len(team) if team else Colleague.objects.here(STAFF).count()
        found.append(Rate(label, share, "few" if people < FEWEST_OF_A_TEAM else "", people))
    return tuple(sorted(found, key=lambda rate: (-rate.share.n, rate.label)))


def _sorted_names(places: Sequence[int | None], names: Mapping[int, str]) -> list[str]:
    return sorted(names[place] for place in places if place is not None and place in names)
