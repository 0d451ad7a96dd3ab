"""When the company is open, and how many business minutes lie between two moments.

The customer's own minutes come first everywhere; these are for planning beside them.
`Company.opening_hours` holds {"0": ["09:00", "17:00"], …} by weekday from Monday (a missing day is
closed) and {"public_holidays": "open"} where the company is open on public holidays too;
`Company.closed_days` holds dates as "2026-12-24".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from kalevi.shell.models import Company

HOLIDAY_LANGUAGES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}


@lru_cache(maxsize=32)
def public_holidays(year: int, language: str = "fi") -> dict[date, str]:
    """Date -> name of the Finnish public holidays of a year, in date order; language is fi, sv or en."""
    import holidays  # heavy, and few pages need it

    found = holidays.country_holidays("FI", years=year, language=HOLIDAY_LANGUAGES.get(language, "en_US"))
    return {day: str(name) for day, name in sorted(found.items()) if day.year == year}


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """Opening hours by weekday (0 is Monday), closed days, and the company's zone."""

    hours: dict[int, tuple[time, time]]
    closed: frozenset[date]
    zone: ZoneInfo
    open_on_public_holidays: bool = False

    @classmethod
    def of(cls, company: Company) -> Self:
        """Return the calendar of a company."""
        hours = {
            int(day): (time.fromisoformat(span[0]), time.fromisoformat(span[1]))
            for day, span in company.opening_hours.items()
            if day.isdigit()
        }
        return cls(
            hours=hours,
            closed=frozenset(date.fromisoformat(day) for day in company.closed_days),
            zone=ZoneInfo(company.time_zone),
            open_on_public_holidays=company.opening_hours.get("public_holidays") == "open",
        )

    def opening(self, day: date) -> tuple[datetime, datetime] | None:
        """Return when the company opens and closes on a day; None when it is closed all day."""
        span = self.hours.get(day.weekday())
        if span is None or day in self.closed:
            return None
        if not self.open_on_public_holidays and day in public_holidays(day.year):
            return None
        return datetime.combine(day, span[0], self.zone), datetime.combine(day, span[1], self.zone)

    def openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans between two aware moments during which the company is open, in order."""
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            span = self.opening(day)
            if span and max(span[0], start) < min(span[1], end):
                yield max(span[0], start), min(span[1], end)
            day += timedelta(days=1)

    def business_minutes(self, start: datetime, end: datetime) -> float:
        """Return the minutes of opening time between two aware moments; 0 when end is before start."""
        # Two moments of one zone subtract by the wall clock, wrong over a change of summer time.
        utc = ZoneInfo("UTC")
        return sum(
            (closes.astimezone(utc) - opens.astimezone(utc)).total_seconds() / 60
            for opens, closes in self.openings(start, end)
        )
