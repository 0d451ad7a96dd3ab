"""When somebody is here next, by their weekly shifts and days away. Pure, given these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# Nobody is looked for further ahead.
FAR = 60


@dataclass(frozen=True, slots=True)
class Week:
    """Shifts as (weekday from 0 = Monday, begins, ends), and days away as (first, last).

    Without shifts one is here always, but for the days away.
    """

    shifts: tuple[tuple[int, time, time], ...] = ()
    away: tuple[tuple[date, date], ...] = ()

    def here(self, now: datetime) -> bool:
        """Whether it is their shift at this moment, given in the company's zone."""
        day = now.date()
        return any(
            begins <= now.replace(tzinfo=None) < ends
            for begins, ends in (*self._spans(day - timedelta(days=1)), *self._spans(day))
        )

    def days_until_here(self, now: datetime) -> int:
        """Return 0 on shift, 1 within the coming day and night, and so on; FAR when later than that."""
        if self.here(now):
            return 0
        moment = now.replace(tzinfo=None)
        for ahead in range(FAR):
            coming = [begins for begins, _ends in self._spans(now.date() + timedelta(days=ahead))]
            if soon := [begins for begins in coming if begins > moment]:
                return min(1 + (min(soon) - moment).days, FAR)
        return FAR

    def _spans(self, day: date) -> Sequence[tuple[datetime, datetime]]:
        """Return the shifts that begin on a day, by the clock on the wall."""
        if any(first <= day <= last for first, last in self.away):
            return ()
        if not self.shifts:
            midnight = datetime.combine(day, time())
            return ((midnight, midnight + timedelta(days=1)),)
        return tuple(
            (
                datetime.combine(day, begins),
                datetime.combine(day + timedelta(days=ends <= begins), ends),
            )
            for weekday, begins, ends in self.shifts
            if weekday == day.weekday()
        )
