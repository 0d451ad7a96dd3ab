"""From the clock on a company's wall to moments that nothing is lost or doubled between."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def first_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the first moment, in UTC, at which the wall clock of a day shows a time or a later one.

    A time that comes twice, when summer time ends, is its first; one that is skipped, when it begins, is the
    moment of the skip.
    """
    wall = datetime.combine(day, clock)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if _wall(moment, zone) == wall:
        return moment
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (before, middle) if _wall(middle, zone) >= wall else (middle, after)
    return after


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
