"""Days out of an iCalendar file: those of all-day events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # comes with icalendar

ONE_DAY = timedelta(days=1)
MOST_EVENTS = 5_000
LONGEST = 400


class NotACalendarError(ValueError):
    """A file that is no calendar, or one that nobody keeps by hand."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of all-day events within a range, in order, and how many events of an hour were left out."""

    days: tuple[date, ...]
    with_a_time: int


def days_of(content: bytes, *, first: date, last: date) -> Days:
    """Return the days in [first, last] on which an all-day event lies, repeated ones included.

    Raises NotACalendarError.
    """
    from icalendar import Calendar  # heavy, and one page needs it

    found: set[date] = set()
    with_a_time = 0
    try:
        events = [event for one in Calendar.from_ical(content, multiple=True) for event in one.walk("VEVENT")]
        if len(events) > MOST_EVENTS:
            raise NotACalendarError
        for event in events:
            begins = getattr(event.get("DTSTART"), "dt", None)
            if not isinstance(begins, date) or isinstance(begins, datetime):
                with_a_time += 1
            elif str(event.get("STATUS", "")).upper() != "CANCELLED":
                found |= set(_days(event, begins, first, last))
    except NotACalendarError:
        raise
    except Exception as error:
        # Whatever a stranger's file makes of the reader, it is no calendar to us.
        raise NotACalendarError from error
    if not events:
        raise NotACalendarError
    return Days(tuple(sorted(found)), with_a_time)


def _days(event: Any, begins: date, first: date, last: date) -> Iterator[date]:
    ends = getattr(event.get("DTEND"), "dt", None)
    length = (ends - begins).days if isinstance(ends, date) and not isinstance(ends, datetime) else 1
    if not 1 <= length <= LONGEST:
        length = 1
    starts = {begins, *_repeated(event, begins, first - length * ONE_DAY, last)}
    for start in starts - set(_listed(event.get("EXDATE"))):
        for number in range(length):
            day = start + number * ONE_DAY
            if first <= day <= last:
                yield day


def _repeated(event: Any, begins: date, first: date, last: date) -> Iterator[date]:
    rules = event.get("RRULE")
    for rule in rules if isinstance(rules, list) else [rules] if rules else []:
        text = rule.to_ical().decode()
        if not _walkable(text.upper()):
            continue
        start = datetime(begins.year, begins.month, begins.day)  # noqa: DTZ001  days have no zone
        low, high = (datetime(day.year, day.month, day.day) for day in (first, last))  # noqa: DTZ001
        steps = rrulestr(_until_as_day(text), dtstart=start)
        # A rule that never comes true must end, and so must one that is counted.
        count = steps._count
        ends = min(steps._until or high, high)
        for moment in islice(steps.replace(count=None, until=ends), count):
            if moment >= low:
                yield moment.date()
    yield from _listed(event.get("RDATE"))


def _walkable(rule: str) -> bool:
    """Return whether a rule is one of a calendar of days: others may never come true, slowly."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if parts.get("FREQ") in ("YEARLY", "MONTHLY"):
        return True
    known = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY"}
    return parts.get("FREQ") in ("WEEKLY", "DAILY") and known.issuperset(parts)


def _until_as_day(rule: str) -> str:
    parts = []
    for part in rule.split(";"):
        name, _equals, value = part.partition("=")
        parts.append(f"UNTIL={value[:8]}T235959" if name.upper() == "UNTIL" else part)
    return ";".join(parts)


def _listed(dates: Any) -> Iterator[date]:
    for group in dates if isinstance(dates, list) else [dates] if dates else []:
        for one in getattr(group, "dts", ()):
            day = getattr(one, "dt", None)
            if isinstance(day, datetime):
                yield day.date()
            elif isinstance(day, date):
                yield day
