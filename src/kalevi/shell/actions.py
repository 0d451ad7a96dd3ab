"""Writes of the shell: what the company is called and when it is open."""

from datetime import date, time

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.shell.models import Company
from kalevi.shell.queries import company


@transaction.atomic
def change_company(*, name: str, language: str, time_zone: str, actor_id: int | None) -> Company:
    """Store what the company is called, its language (fi, sv, en) and its time zone."""
    changed = company()
    changed.name, changed.language, changed.time_zone = name, language, time_zone
    changed.save()
    record(action="shell.change_company", actor_id=actor_id, subject="company:1")
    return changed


@transaction.atomic
def change_calendar(
    *,
    hours: dict[int, tuple[time, time]],
    closed_days: list[date],
    open_on_public_holidays: bool,
    actor_id: int | None,
) -> Company:
    """Store opening hours by weekday (0 is Monday; a missing day is closed) and the days that are closed."""
    changed = company()
    changed.opening_hours = {
        str(day): [opens.isoformat("minutes"), closes.isoformat("minutes")]
        for day, (opens, closes) in sorted(hours.items())
    }
    if open_on_public_holidays:
        changed.opening_hours["public_holidays"] = "open"
    changed.closed_days = sorted({day.isoformat() for day in closed_days})
    changed.save()
    record(action="shell.change_calendar", actor_id=actor_id, subject="company:1")
    return changed
