"""Natural times of day, and which days are busy: opening hours, weekdays, seasons of a builder's merchant."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from kalevi.shell.calendar import BusinessCalendar

ZONE = ZoneInfo("Europe/Helsinki")
OPENING_HOURS = {
    **{str(day): ["07:00", "18:00"] for day in range(5)},
    "5": ["09:00", "15:00"],
}
_OPEN = BusinessCalendar(
    hours={
        int(day): (time.fromisoformat(opens), time.fromisoformat(closes))
        for day, (opens, closes) in OPENING_HOURS.items()
    },
    closed=frozenset(),
    zone=ZONE,
)
AT_THE_COUNTER = frozenset({"counter", "phone"})
# Share of the hours 0–23 in what people write at home: at breakfast, at noon, most after supper.
_HOME_HOURS = (2, 1, 0, 0, 0, 1, 3, 6, 7, 7, 8, 9, 10, 9, 8, 8, 9, 11, 14, 17, 18, 16, 10, 5)
_SHOP_HOURS = (4, 7, 9, 10, 9, 7, 8, 9, 10, 9, 6)
# January is quiet, spring is the rush, the cottages keep summer busy; by month.
BUILDING = (3, 4, 8, 15, 19, 15, 11, 10, 9, 7, 5, 4)
COTTAGES = (1, 2, 3, 7, 13, 19, 22, 13, 8, 5, 2, 1)
TRADE = (5, 7, 9, 11, 12, 10, 4, 10, 11, 10, 8, 5)
STEADY = (7, 8, 8, 9, 9, 8, 7, 9, 9, 9, 9, 8)
_WEEKDAYS_AT_HOME = (10, 9, 9, 9, 9, 11, 14)
_WEEKDAYS_IN_SHOP = (10, 9, 9, 10, 14, 17, 0)


def is_open(day: date) -> bool:
    """Return whether the shop is open on a day."""
    return _OPEN.opening(day) is not None


def moment(day: date, channel: str, chance: Random) -> datetime:
    """Return a natural moment of a day in UTC: in opening hours at the counter, else as people write."""
    span = _OPEN.opening(day) if channel in AT_THE_COUNTER else None
    if span:
        hours = max(1, round((span[1] - span[0]).total_seconds() / 3600))
        hour = chance.choices(range(hours), _SHOP_HOURS[:hours])[0]
        local = span[0] + timedelta(hours=hour)
    else:
        hours = chance.choices(range(24), _HOME_HOURS)[0]
        local = datetime.combine(day, time(hours), ZONE)
    local = local + timedelta(minutes=chance.randrange(60), seconds=chance.randrange(60))
    return local.astimezone(UTC)


def latest_natural(before: datetime, channel: str) -> datetime:
    """Return the last moment up to `before` at which this could happen: open hours, or not in the night."""
    local = before.astimezone(ZONE)
    while True:
        span = _OPEN.opening(local.date()) if channel in AT_THE_COUNTER else _awake(local.date())
        if span and local >= span[0]:
            return min(local, span[1] - timedelta(minutes=11)).astimezone(UTC)
        local = datetime.combine(local.date() - timedelta(days=1), time(23, 59), ZONE)


def next_open(after: datetime, chance: Random) -> datetime:
    """Return a moment in opening hours on the day of `after` or the next open one."""
    day = after.astimezone(ZONE).date()
    while not is_open(day):
        day += timedelta(days=1)
    return max(after, moment(day, "counter", chance))


def _awake(day: date) -> tuple[datetime, datetime]:
    return datetime.combine(day, time(7, 10), ZONE), datetime.combine(day, time(22, 50), ZONE)


@dataclass(frozen=True, slots=True)
class Days:
    """Days to draw from, each with how busy it is."""

    first: date
    busy: tuple[float, ...]

    def draw(self, chance: Random, after: date | None = None, before: date | None = None) -> date | None:
        """Return a day in the half-open span [after, before), busy ones oftener; None when it holds none."""
        low = max(0, (after - self.first).days) if after else 0
        high = min(len(self.busy), (before - self.first).days) if before else len(self.busy)
        if low >= high:
            return None
        begin = self.busy[low - 1] if low else 0.0
        end = self.busy[high - 1]
        if begin >= end:
            return None
        place = bisect(self.busy, begin + chance.random() * (end - begin), low, high - 1)
        return self.first + timedelta(days=place)


def days(
    first: date, last: date, months: tuple[int, ...], *, in_shop: bool, rush: Callable[[date], float]
) -> Days:
    """Return the days from first to last, weighed by month, weekday, opening and `rush` (1 is ordinary)."""
    weights = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        weekday = (_WEEKDAYS_IN_SHOP if in_shop else _WEEKDAYS_AT_HOME)[day.weekday()]
        closed = in_shop and not is_open(day)
        weights.append(0.0 if closed else months[day.month - 1] * weekday * rush(day))
    return Days(first, tuple(accumulate(weights)))
