"""The times of promises: the last moment of a day, quick choices, and when somebody is reminded."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from kalevi.promises.catching import Caught
from kalevi.shell.moments import first_moment

QUICK = (
    ("hour", _("within an hour")),
    ("today", _("today")),
    ("tomorrow", _("tomorrow")),
    ("days", _("within three days")),
    ("week", _("within a week")),
)
_DAYS = {"today": 0, "tomorrow": 1, "days": 3, "week": 7}
LONGEST = timedelta(days=730)
LEAST, MOST = timedelta(hours=1), timedelta(days=1)
# Whoever promised a day is reminded as if it ended when most people stop working.
_WORK_ENDS = time(16)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the last second of a day, in UTC."""
    return first_moment(day + timedelta(days=1), time(0), zone) - timedelta(seconds=1)


def quick(choice: str, now: datetime, zone: ZoneInfo) -> tuple[datetime, bool]:
    """Return the time a key of `QUICK` stands for, and whether it is a whole day. Raises KeyError."""
    if choice == "hour":
        return now + timedelta(hours=1), False
    return end_of(now.astimezone(zone).date() + timedelta(days=_DAYS[choice]), zone), True


def later(due_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return the first key of `QUICK`, tomorrow or after, that is a later time than a promise has."""
    keys = ("tomorrow", "days", "week")
    return next((key for key in keys if quick(key, now, zone)[0] > due_at), keys[-1])


def due(caught: Caught, said_at: datetime, zone: ZoneInfo) -> tuple[datetime, bool] | None:
    """Return by when words promise something, in UTC, and whether it is a whole day; None without a time."""
    if caught.ahead is not None:
        return said_at.astimezone(UTC) + caught.ahead, False
    day = caught.day or (said_at.astimezone(zone).date() if caught.clock is not None else None)
    if day is None:
        return None
    if caught.clock is not None:
        at = first_moment(day, caught.clock, zone)
        # "At nine", said in the evening, is tomorrow's nine.
        if caught.day is None and at <= said_at:
            at = first_moment(day + timedelta(days=1), caught.clock, zone)
        return at, False
    return end_of(day, zone), True


def warn_at(since: datetime, due_at: datetime, by_day: bool, zone: ZoneInfo) -> datetime:
    """Return when to remind whoever keeps a promise: when a quarter of the time is left.

    At least an hour and at most a day before; a whole day counts as over at four in the afternoon.
    """
    ends = due_at
    if by_day:
        ends = max(since, first_moment(due_at.astimezone(zone).date(), _WORK_ENDS, zone))
    left = min(MOST, max(LEAST, (ends - since) / 4))
    return min(max(ends - left, since), due_at)
