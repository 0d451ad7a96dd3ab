"""Numbers and times as written in Finland and elsewhere."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kalevi.tables import month_first_in, parse_datetime, parse_number

HELSINKI = ZoneInfo("Europe/Helsinki")
EXPECTED = datetime(2026, 11, 22, 9, 5, tzinfo=HELSINKI)


@pytest.mark.parametrize(
    "text",
    [
        "22.11.2026 klo 9.05",
        "22.11.2026 9:05",
        "22.11.2026, kello 09.05",
        "22.11.26 9.05",
        "2026-11-22 09:05",
        "2026-11-22T07:05:00Z",
        "2026-11-22T09:05:00.000+02:00",
        "2026/11/22 9:05:00 AM GMT+2",
        "22/11/2026 09:05",
        "22. marraskuuta 2026 klo 9.05",
        "22 november 2026 kl. 9.05",
        "Nov 22, 2026, 9:05 am",
        "su 22 nov 2026 09:05",
        "1795331100",
        "1795331100000",
    ],
)
def test_the_same_moment(text: str) -> None:
    assert parse_datetime(text, HELSINKI) == EXPECTED


def test_months_by_name() -> None:
    names = [
        "tammi",
        "helmi",
        "maalis",
        "huhti",
        "touko",
        "kesä",
        "heinä",
        "elo",
        "syys",
        "loka",
        "marras",
        "joulu",
    ]
    assert [parse_datetime(f"1. {n}kuuta 2026", UTC).month for n in names] == list(range(1, 13))
    names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    assert [parse_datetime(f"1 {n} 2026", UTC).month for n in names] == list(range(1, 13))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "huomenna",
        "32.1.2026",
        "1.13.2026",
        "2026-02-30",
        "5",
        "12345",
        "9.05",
        "0" * 50,
    ],
)
def test_no_time(text: str) -> None:
    assert parse_datetime(text, UTC) is None


def test_month_first_is_told_by_the_column() -> None:
    assert month_first_in(["2/23/2015 13:44", "2/3/2015 9:00"]) is True
    assert month_first_in(["23/2/2015", "2/3/2015"]) is False
    assert month_first_in(["2/3/2015"]) is False
    assert parse_datetime("2/23/2015 13:44", UTC, month_first=True) == datetime(
        2015, 2, 23, 13, 44, tzinfo=UTC
    )
    assert parse_datetime("2/23/2015 13:44", UTC) is None


def test_offsets() -> None:
    assert parse_datetime("22.11.2026 9:05 +0530", UTC).utcoffset() == timedelta(hours=5, minutes=30)
    assert parse_datetime("22.11.2026 9:05 +99", UTC) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("4,5", 4.5), ("4.5", 4.5), ("1 234,5", 1234.5), ("1.234,5", 1234.5), ("−3", -3.0), ("10", 10.0),
        ("1.234.567", 1234567.0), ("1\u00a0000", 1000.0),
    ],
)  # fmt: skip
def test_numbers(text: str, number: Any) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "viisi", "5/5", "1,2,3", "0x10", "1e5", "nan"])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None
