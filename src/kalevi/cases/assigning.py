"""Who carries a new case: somebody on shift, who speaks the language, knows the matter, and has time.

The order is the rule, and it stands in the settings in words: who meets customers goes before who only
administers, who is here now before who comes later, then language, skills, care of the touchpoint, and the
fewest cases in hand. There is always somebody.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kalevi.cases.models import LIVE
from kalevi.cases.rule_models import Duty
from kalevi.cases.shift_models import Away, Shift, Skill, Speaks
from kalevi.cases.shifts import Week
from kalevi.people.models import Colleague
from kalevi.shell.queries import company
from kalevi.shell.roles import CLOSE, Role


class NobodyHereError(Exception):
    """There is not one colleague who may sign in."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a new case is about: its touchpoint, the language of the words, their themes, and why it opens."""

    touchpoint_id: int | None = None
    language: str = ""
    themes: Collection[str] = ()
    why: str = ""


def carrier_for(matter: Matter, *, now: datetime | None = None, besides: int | None = None) -> Colleague:
    """Return who takes a new case; `besides` somebody who cannot. Raises NobodyHereError."""
    here = Colleague.objects.here().annotate(in_hand=Count("cases", filter=Q(cases__state__in=LIVE)))
    chosen = sorted(here.exclude(pk=besides or 0), key=_Order(matter, now or timezone.now()))
    if not chosen:
        raise NobodyHereError
    return chosen[0]


class _Order:
    """Sorts colleagues by how well a matter suits them, by the same few queries for any number of them."""

    def __init__(self, matter: Matter, now: datetime) -> None:
        self.language = matter.language
        self.now = now.astimezone(ZoneInfo(company().time_zone))
        self.weeks = weeks(self.now.date())
        self.spoken = _grouped(Speaks.objects.all(), "language")
        self.needed = _holders_of_needed_skills(matter)
        self.caring = set(
            Duty.objects.filter(touchpoint_id=matter.touchpoint_id or 0).values_list(
                "colleague_id", flat=True
            )
        )

    def __call__(self, colleague: Colleague) -> tuple[int, ...]:
        caring = colleague.pk in self.caring
        return (
            0 if caring or colleague.holds(*CLOSE) else 1 if colleague.holds(Role.ADMINISTRATOR) else 2,
            self.weeks.get(colleague.pk, Week()).days_until_here(self.now),
            bool(self.language) and self.language not in self.spoken.get(colleague.pk, {colleague.language}),
            sum(colleague.pk not in holders for holders in self.needed),
            not caring,
            colleague.in_hand,  # type: ignore[attr-defined]  # annotated
            colleague.pk,
        )


def _grouped(rows: QuerySet[Speaks], column: str) -> Mapping[int, set[str]]:
    groups: dict[int, set[str]] = defaultdict(set)
    for colleague_id, value in rows.values_list("colleague_id", column):
        groups[colleague_id].add(value)
    return groups


def weeks(day: date) -> dict[int, Week]:
    """Return colleague id -> their shifts and the days away that have not passed by this day."""
    shifts: dict[int, list[tuple[int, time, time]]] = defaultdict(list)
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for shift in Shift.objects.all():
        shifts[shift.colleague_id].append((shift.weekday, shift.begins, shift.ends))
    coming = Away.objects.filter(ends_on__gte=day)
    for colleague_id, first, last in coming.values_list("colleague_id", "begins_on", "ends_on"):
        away[colleague_id].append((first, last))
    return {one: Week(tuple(shifts[one]), tuple(away[one])) for one in {*shifts, *away}}


def _holders_of_needed_skills(matter: Matter) -> list[set[int]]:
    """Return the holders of each skill that the matter asks for; skills are few and read whole."""
    where = Skill.touchpoints.through.objects.filter(touchpoint_id=matter.touchpoint_id or 0)
    at_touchpoint = set(where.values_list("skill_id", flat=True))
    holders: dict[int, set[int]] = defaultdict(set)
    for skill_id, colleague_id in Skill.holders.through.objects.values_list("skill_id", "colleague_id"):
        holders[skill_id].add(colleague_id)
    return [
        holders[skill.pk]
        for skill in Skill.objects.all()
        if skill.pk in at_touchpoint or matter.why in skill.whys or set(matter.themes) & set(skill.themes)
    ]
