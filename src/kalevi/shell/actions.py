"""Writes of the shell: what the company is called and when it is open."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.shell.calendar import Span
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
    hours: dict[int, Span],
    closed_days: list[date],
    open_on_public_holidays: bool,
    special_days: Mapping[date, Span] | None = None,
    actor_id: int | None,
) -> Company:
    """Store opening hours by weekday (0 is Monday; a missing day is closed) and the days that differ.

    New hours hold from today on; what held before counts for the time before.
    """
    changed = company()
    before = changed.opening_hours
    changed.opening_hours = {str(day): _written(span) for day, span in sorted(hours.items())}
    if open_on_public_holidays:
        changed.opening_hours["public_holidays"] = "open"
    today = timezone.localdate().isoformat()
    kept = changed.earlier_hours
    # Hours that were typed and mended on one day never held, nor did those of a company that told none.
    if before and before != changed.opening_hours and not (kept and kept[-1]["before"] == today):
        changed.earlier_hours = [*kept, {"before": today, "hours": before}]
    changed.closed_days = sorted({day.isoformat() for day in closed_days})
    changed.special_days = {
        day.isoformat(): _written(span) for day, span in sorted((special_days or {}).items())
    }
    changed.save()
    record(action="shell.change_calendar", actor_id=actor_id, subject="company:1")
    return changed


@transaction.atomic
def close_days(*, days: Collection[date], actor_id: int | None) -> int:
    """Add closed days to those there are; return how many were new."""
    changed = company()
    new = {day.isoformat() for day in days} - set(changed.closed_days)
    if new:
        changed.closed_days = sorted({*changed.closed_days, *new})
        changed.save()
        record(action="shell.close_days", actor_id=actor_id, subject="company:1", days=len(new))
    return len(new)


def _written(span: Span) -> list[str]:
    return [end.isoformat("minutes") for end in span]
