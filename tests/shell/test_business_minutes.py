"""Business minutes against a second implementation that looks at every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kalevi.shell.calendar import BusinessCalendar, Span
from kalevi.shell.holidays_of_finland import public_holidays
from kalevi.shell.moments import first_moment

MINUTE = timedelta(minutes=1)
ZONES = ("Europe/Helsinki", "UTC", "Australia/Lord_Howe", "Atlantic/Azores", "America/Havana")
# The days on which clocks change, Christmas, Midsummer, the turn of the year, and days like any other.
TELLING = (
    date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 10, 4), date(2026, 3, 8),
    date(2026, 11, 1), date(2026, 12, 25), date(2026, 6, 20), date(2027, 1, 1), date(2026, 5, 12),
)  # fmt: skip
clocks = st.integers(0, 287).map(lambda fives: time(fives // 12, fives % 12 * 5))
nights = st.integers(0, 72).map(lambda fives: time(fives // 12, fives % 12 * 5))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    opens = draw(clocks)
    later = draw(clocks.filter(lambda end: end > opens) if opens < time(23, 55) else nights)
    return opens, draw(st.sampled_from([later, min(opens, draw(nights))]))


weeks = st.dictionaries(st.integers(0, 6), spans(), max_size=7)
near = st.tuples(st.sampled_from(TELLING), st.integers(-3, 3)).map(lambda pair: pair[0] + timedelta(pair[1]))


@st.composite
def calendars(draw: st.DrawFn) -> BusinessCalendar:
    changes = sorted(draw(st.sets(near, max_size=2)))
    return BusinessCalendar(
        hours=draw(weeks),
        closed=frozenset(draw(st.sets(near, max_size=2))),
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        open_on_public_holidays=draw(st.booleans()),
        special=draw(st.dictionaries(near, spans(), max_size=2)),
        earlier=tuple((day, draw(weeks), draw(st.booleans())) for day in changes),
    )


def wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def first_minute(asked: datetime, zone: ZoneInfo) -> datetime:
    moment = asked.replace(tzinfo=UTC) - timedelta(hours=15)
    while wall(moment, zone) < asked:
        moment += MINUTE
    return moment


def slowly(calendar: BusinessCalendar, start: datetime, end: datetime) -> int:
    """Count the minutes that lie in the opening of any day."""
    found: list[tuple[datetime, datetime]] = []
    day = wall(start, calendar.zone).date() - timedelta(days=2)
    while day <= wall(end, calendar.zone).date() + timedelta(days=1):
        week, on_holidays = calendar.hours, calendar.open_on_public_holidays
        for before, hours, holidays in reversed(calendar.earlier):
            if day < before:
                week, on_holidays = hours, holidays
        span = week.get(day.weekday())
        if day in calendar.closed or (not on_holidays and day in public_holidays(day.year)):
            span = None
        span = (calendar.special or {}).get(day, span)
        if span:
            over_midnight = span[1] <= span[0]
            opens = first_minute(datetime.combine(day, span[0]), calendar.zone)
            closes = first_minute(
                datetime.combine(day + timedelta(days=over_midnight), span[1]), calendar.zone
            )
            found.append((opens, closes))
        day += timedelta(days=1)
    count, moment = 0, start
    while moment < end:
        count += any(opens <= moment < closes for opens, closes in found)
        moment += MINUTE
    return count


@settings(max_examples=40, deadline=None)
@given(calendars(), near, st.integers(0, 1439), st.integers(0, 2 * 1440))
def test_minutes_are_those_one_would_count(
    calendar: BusinessCalendar, day: date, minute: int, length: int
) -> None:
    start = datetime.combine(day, time(), UTC) + minute * MINUTE
    end = start + length * MINUTE
    assert calendar.business_minutes(start, end) == slowly(calendar, start, end)


@settings(max_examples=60, deadline=None)
@given(calendars(), near, st.integers(0, 1439), st.integers(0, 5000), st.integers(0, 5000))
def test_parts_make_the_whole(
    calendar: BusinessCalendar, day: date, minute: int, one: int, other: int
) -> None:
    start = datetime.combine(day, time(), UTC) + minute * MINUTE
    middle, end = start + one * MINUTE, start + (one + other) * MINUTE
    both = calendar.business_minutes(start, middle) + calendar.business_minutes(middle, end)
    assert both == calendar.business_minutes(start, end)
    assert 0 <= both <= one + other


@settings(max_examples=60, deadline=None)
@given(calendars(), near, st.integers(0, 1439), st.integers(1, 3000))
def test_the_moment_after_so_many_minutes_has_them_behind_it(
    calendar: BusinessCalendar, day: date, minute: int, minutes: int
) -> None:
    start = datetime.combine(day, time(), UTC) + minute * MINUTE
    moment = calendar.after(start, minutes)
    if moment is not None:
        assert calendar.business_minutes(start, moment) == minutes
        assert calendar.business_minutes(start, moment - MINUTE) == minutes - 1


@given(near, clocks, st.sampled_from(ZONES))
def test_the_first_moment_is_found_as_by_waiting_for_it(day: date, clock: time, name: str) -> None:
    zone = ZoneInfo(name)
    assert first_moment(day, clock, zone) == first_minute(datetime.combine(day, clock), zone)
