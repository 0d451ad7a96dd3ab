"""When the company is open, and how many business minutes lie between two moments.

The customer's own minutes come first everywhere; these are for planning beside them.
`Company.opening_hours` holds {"0": ["09:00", "17:00"], …} by weekday from Monday (a missing day is
closed) and {"public_holidays": "open"} where the company is open on public holidays too; a closing time at
or before the opening is one of the next day. `earlier_hours` holds [{"before": "2026-11-22", "hours": …}, …]:
what held before a day, the oldest first. `closed_days` holds dates, `special_days` {date: [opens, closes]},
which goes before everything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from kalevi.shell.holidays_of_finland import public_holidays
from kalevi.shell.models import Company
from kalevi.shell.moments import first_moment

__all__ = ["BusinessCalendar", "Span", "public_holidays"]
Span = tuple[time, time]
ONE_DAY = timedelta(days=1)
# A calendar that opens on no day of this many never will.
MOST_DAYS = 3_660


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Opening hours by weekday (0 is Monday), the days that differ, and the company's zone.

    `earlier` holds (before, hours, open on public holidays): what held before a day, the oldest first.
    """

    hours: Mapping[int, Span]
    closed: frozenset[date]
    zone: ZoneInfo
    open_on_public_holidays: bool = False
    special: Mapping[date, Span] | None = None
    earlier: tuple[tuple[date, Mapping[int, Span], bool], ...] = ()

    @classmethod
    def of(cls, company: Company) -> Self:
        """Return the calendar of a company."""
        special = {date.fromisoformat(day): _span(span) for day, span in company.special_days.items()}
        earlier = tuple(
            (date.fromisoformat(one["before"]), *_week(one["hours"])) for one in company.earlier_hours
        )
        hours, on_holidays = _week(company.opening_hours)
        return cls(
            hours=hours,
            closed=frozenset(date.fromisoformat(day) for day in company.closed_days),
            zone=ZoneInfo(company.time_zone),
            open_on_public_holidays=on_holidays,
            special=special,
            earlier=earlier,
        )

    @property
    def known(self) -> bool:
        """Whether anybody has told when the company is open."""
        return bool(self.hours)

    def span(self, day: date) -> Span | None:
        """Return the opening and the closing time of a day, None when it is closed."""
        if self.special and day in self.special:
            return self.special[day]
        if day in self.closed:
            return None
        hours, on_holidays = next(
            ((week, holidays) for before, week, holidays in self.earlier if day < before),
            (self.hours, self.open_on_public_holidays),
        )
        if not on_holidays and day.weekday() in hours and day in public_holidays(day.year):
            return None
        return hours.get(day.weekday())

    def opening(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when the company opens and closes on a day, in UTC; None when it is closed all day."""
        span = self.span(day)
        if span is None:
            return None
        opens, closes = span
        ends_on = day if opens < closes else day + ONE_DAY
        return first_moment(day, opens, self.zone), first_moment(ends_on, closes, self.zone)

    def openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans between two aware moments during which the company is open, in order, in UTC."""
        day, last = start.astimezone(self.zone).date() - ONE_DAY, end.astimezone(self.zone).date()
        reached = start
        while day <= last:
            if (found := self.opening(day)) is not None:
                # Last night's opening may reach into this morning's.
                opens, closes = max(found[0], reached), min(found[1], end)
                if opens < closes:
                    yield opens.astimezone(UTC), closes.astimezone(UTC)
                    reached = closes
            day += ONE_DAY

    def business_minutes(self, start: datetime, end: datetime) -> float:
        """Return the minutes of opening time between two aware moments; 0 when end is before start."""
        return sum((closes - opens).total_seconds() / 60 for opens, closes in self.openings(start, end))

    def after(self, start: datetime, minutes: float) -> datetime | None:
        """Return the first moment, in UTC, by which so many business minutes have passed since an aware one.

        None for a calendar that does not open for that long within ten years.
        """
        left = timedelta(minutes=minutes)
        if left <= timedelta(0):
            return start.astimezone(UTC)
        for opens, closes in self.openings(start, start + MOST_DAYS * ONE_DAY):
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
        return None


def _span(span: list[str]) -> Span:
    return time.fromisoformat(span[0]), time.fromisoformat(span[1])


def _week(hours: Mapping[str, Any]) -> tuple[dict[int, Span], bool]:
    week = {int(day): _span(span) for day, span in hours.items() if day.isdigit()}
    return week, hours.get("public_holidays") == "open"
