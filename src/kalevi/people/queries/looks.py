"""Who looked at other people's words and why, for administrators: from the audit, which nobody can change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from kalevi.audit.looks import looks
from kalevi.audit.models import Entry
from kalevi.people.models import Colleague
from kalevi.people.reasons import Why
from kalevi.shell.navigation import name_of

PAGE = 40


@dataclass(frozen=True, slots=True)
class Look:
    """One line: who, when and why; `page` is what they opened, empty where they gave a reason.

    `number` tells which one of its kind, `address` is empty for a page that is there no more.
    """

    at: datetime
    name: str
    colleague_id: int | None
    why: str
    page: str
    number: int | None
    address: str


@dataclass(frozen=True, slots=True)
class Looks:
    """Some lines, the newest first, and the id to go on before."""

    rows: tuple[Look, ...]
    older: int | None


def looks_for_administrator(*, before: int | None = None) -> Looks:
    """Return a page of who looked and why, the newest first: two queries."""
    found = looks()
    if before is not None:
        found = found.filter(pk__lt=before)
    some = list(found[: PAGE + 1])
    shown = some[:PAGE]
    names = Colleague.objects.in_bulk({one.actor_id for one in shown if one.actor_id is not None})
    rows = tuple(_look(one, names.get(one.actor_id or 0)) for one in shown)
    return Looks(rows, shown[-1].pk if len(some) > PAGE else None)


def _look(entry: Entry, who: Colleague | None) -> Look:
    key, page = str(entry.details.get("reason", "")), entry.subject.removeprefix("page:")
    ids: Mapping[str, int] = entry.details.get("ids") or {}
    return Look(
        at=entry.at,
        name=(who.name or who.email) if who else "",
        colleague_id=who.pk if who else None,
        why=str(Why(key).label) if key in Why.values else key,
        page=name_of(page) or page,
        number=next(iter(ids.values()), None),
        address=_address(page, ids) if page else "",
    )


def _address(page: str, ids: Mapping[str, int]) -> str:
    try:
        return reverse(page, kwargs=dict(ids))
    except NoReverseMatch:
        return ""
