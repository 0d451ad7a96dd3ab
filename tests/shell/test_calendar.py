"""Business minutes and public holidays."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kalevi.shell.calendar import BusinessCalendar, public_holidays
from kalevi.shell.models import Company

HELSINKI = ZoneInfo("Europe/Helsinki")
WEEK = {str(day): ["09:00", "17:00"] for day in range(5)}


def calendar(**fields: object) -> BusinessCalendar:
    return BusinessCalendar.of(Company(**{"opening_hours": WEEK, "time_zone": "Europe/Helsinki"} | fields))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-20 16:30", "2026-11-23 09:30", 60),  # over a weekend
        ("2026-11-20 10:00", "2026-11-20 10:05", 5),
        ("2026-11-21 10:00", "2026-11-22 10:00", 0),
        ("2026-11-20 10:05", "2026-11-20 10:00", 0),
        ("2026-12-24 08:00", "2026-12-28 10:00", 60),  # Christmas Eve to Monday
    ],
)
def test_business_minutes(start: str, end: str, minutes: float) -> None:
    assert calendar().business_minutes(at(start), at(end)) == minutes


def test_the_night_that_summer_time_begins_is_an_hour_shorter() -> None:
    always = calendar(opening_hours={"6": ["00:00", "23:00"]})
    assert always.business_minutes(at("2026-03-29 00:00"), at("2026-03-29 23:00")) == 22 * 60


def test_closed_days_and_holidays() -> None:
    own = calendar(closed_days=["2026-11-23"])
    assert own.opening(date(2026, 11, 23)) is None
    assert calendar().opening(date(2026, 1, 6)) is None
    always = calendar(opening_hours=WEEK | {"public_holidays": "open"})
    assert always.opening(date(2026, 1, 6)) == (at("2026-01-06 09:00"), at("2026-01-06 17:00"))
    assert always.hours[0] == (time(9), time(17))


def test_names_of_holidays_in_three_languages() -> None:
    epiphany = date(2026, 1, 6)
    assert [public_holidays(2026, language)[epiphany] for language in ("fi", "sv", "en")] == [
        "Loppiainen",
        "Trettondagen",
        "Epiphany",
    ]


def test_holidays_as_a_finland_swede_says_them() -> None:
    names = list(public_holidays(2027, "sv").values())
    assert names == [
        "Nyårsdagen", "Trettondagen", "Långfredagen", "Påskdagen", "Annandag påsk", "Första maj",
        "Kristi himmelsfärdsdag", "Pingstdagen", "Midsommarafton", "Midsommardagen", "Alla helgons dag",
        "Självständighetsdagen", "Julafton", "Juldagen", "Annandag jul",
    ]  # fmt: skip


def test_days_with_other_hours_and_nights() -> None:
    own = calendar(
        opening_hours={"4": ["18:00", "02:00"], "5": ["01:00", "03:00"]},
        special_days={"2026-12-25": ["10:00", "12:00"]},
    )
    assert own.business_minutes(at("2026-11-20 00:00"), at("2026-11-22 00:00")) == 8 * 60 + 60
    assert own.business_minutes(at("2026-11-20 23:30"), at("2026-11-21 00:30")) == 60
    assert own.business_minutes(at("2026-12-25 00:00"), at("2026-12-26 00:00")) == 120


def test_what_held_before_counts_for_the_time_before() -> None:
    own = calendar(earlier_hours=[{"before": "2026-11-17", "hours": {"0": ["09:00", "10:00"]}}])
    assert own.business_minutes(at("2026-11-16 00:00"), at("2026-11-18 00:00")) == 60 + 8 * 60


def test_when_so_many_minutes_have_passed() -> None:
    own = calendar()
    assert own.after(at("2026-11-20 16:30"), 60) == at("2026-11-23 09:30")
    assert own.after(at("2026-11-21 12:00"), 0) == at("2026-11-21 12:00")
    assert calendar(opening_hours={}).after(at("2026-11-20 16:30"), 1) is None
