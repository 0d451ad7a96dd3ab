"""What the stream can be narrowed down to, each with the address that does it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.findings import KINDS as FOUND
from kalevi.interactions.models import Channel
from kalevi.interactions.own_themes import known_themes
from kalevi.interactions.queries.filters import DAYS, KINDS, Filters
from kalevi.journeys.models import Touchpoint
from kalevi.shell.templatetags.kalevi import day, named

LABELS: dict[str, str | Promise] = {
    "feeling": _("Feeling"),
    "hot": _("Dream, problem or need"),
    "theme": _("Theme"),
    "mark": _("What else the words tell"),
    "sentiment": _("Tone"),
    "channel": _("Channel"),
    "language": _("Language"),
    "touchpoint": _("Touchpoint"),
    "period": _("When it happened"),
}
PERIODS: dict[str, str | Promise] = {
    "today": _("today"),
    "week": _("last 7 days"),
    "month": _("last 30 days"),
    "quarter": _("last 3 months"),
    "year": _("last 12 months"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, or to let go of when it is `chosen`."""

    key: str
    name: str | Promise
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one kind."""

    kind: str
    label: str | Promise
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> bool:
        """Whether any of them is chosen."""
        return any(choice.chosen for choice in self.choices)


def choices_for_colleague(filters: Filters) -> list[Group]:
    """Return every group of filters; touchpoints by the names the reader knows them by."""
    groups = [
        Group(
            kind,
            LABELS[kind],
            tuple(
                Choice(
                    key,
                    _name(kind, key),
                    _address(filters.toggled(kind, key)),
                    (kind, key) in filters.findings,
                )
                for key in FOUND[kind][1]
            )
            + (_own(filters) if kind == "theme" else ()),
        )
        for kind in KINDS
    ]
    places = [
        Choice(
            place.key,
            place.name,
            _address(replace(filters, touchpoint="" if filters.touchpoint == place.key else place.key)),
            filters.touchpoint == place.key,
        )
        for place in Touchpoint.objects.order_by("stage__position", "pk")
    ]
    groups.append(Group("touchpoint", LABELS["touchpoint"], tuple(places)))
    groups.append(Group("period", LABELS["period"], tuple(_periods(filters))))
    return groups


def chosen_for_colleague(groups: list[Group], filters: Filters) -> list[Choice]:
    """Return what is chosen now, each with the address without it."""
    chosen = [choice for group in groups for choice in group.choices if choice.chosen]
    if filters.since or filters.until:
        name = f"{day(filters.since)}–{day(filters.until)}"
        chosen.append(Choice("dates", name, _address(replace(filters, since=None, until=None)), True))
    return chosen


def _own(filters: Filters) -> tuple[Choice, ...]:
    """Return the company's own themes; a retired one for as long as it stays chosen."""
    return tuple(
        Choice(theme.key, theme.name, _address(filters.toggled("theme", theme.key)), chosen)
        for theme in known_themes().themes
        for chosen in [("theme", theme.key) in filters.findings]
        if theme.active or chosen
    )


def _periods(filters: Filters) -> Iterator[Choice]:
    for key in DAYS:
        chosen = filters.period == key
        after = replace(filters, period="" if chosen else key, since=None)
        yield Choice(key, PERIODS[key], _address(after), chosen)


def _name(kind: str, key: str) -> str | Promise:
    return Channel(key).label if kind == "channel" else named(key)


def _address(filters: Filters) -> str:
    return reverse("interactions") + filters.query()
