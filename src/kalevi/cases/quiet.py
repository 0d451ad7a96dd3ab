"""Quiet hours of a colleague: what happens in them is told when they end."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from kalevi.cases.alert_models import AlertChoice
from kalevi.shell.queries import company


def after_quiet(choice: AlertChoice | None, now: datetime) -> datetime | None:
    """Return when quiet hours end, None outside them."""
    if choice is None or choice.quiet_from is None or choice.quiet_until is None:
        return None
    here = now.astimezone(ZoneInfo(company().time_zone))
    begins, ends = choice.quiet_from, choice.quiet_until
    if not _within(here.time(), begins, ends):
        return None
    day = here.date() + timedelta(days=1 if here.time() >= ends else 0)
    return datetime.combine(day, ends, here.tzinfo)


def _within(now: time, begins: time, ends: time) -> bool:
    return begins <= now < ends if begins <= ends else now >= begins or now < ends
