"""Days out of iCalendar files: repeated ones, exceptions, long events; and files that are none."""

from datetime import date

import pytest

from kalevi.shell.icalendar_file import NotACalendarError, days_of

FIRST, LAST = date(2026, 11, 22), date(2028, 11, 22)


def read(*events: str) -> list[str]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//FI"]
    for event in events:
        lines += ["BEGIN:VEVENT", "UID:1", *event.split("|"), "END:VEVENT"]
    content = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    return [day.isoformat() for day in days_of(content, first=FIRST, last=LAST).days]


@pytest.mark.parametrize(
    ("event", "days"),
    [
        ("DTSTART;VALUE=DATE:20261224", ["2026-12-24"]),
        ("DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227", ["2026-12-24", "2026-12-25", "2026-12-26"]),
        ("DTSTART;VALUE=DATE:20261120|DTEND;VALUE=DATE:20261124", ["2026-11-22", "2026-11-23"]),
        ("DTSTART;VALUE=DATE:20200105|RRULE:FREQ=YEARLY", ["2027-01-05", "2028-01-05"]),
        (
            "DTSTART;VALUE=DATE:20261207|RRULE:FREQ=WEEKLY;UNTIL=20261221T220000Z",
            ["2026-12-07", "2026-12-14", "2026-12-21"],
        ),
        ("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;COUNT=2", ["2026-12-07", "2026-12-08"]),
        (
            "DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;COUNT=3|EXDATE;VALUE=DATE:20261208",
            ["2026-12-07", "2026-12-09"],
        ),
        ("DTSTART;VALUE=DATE:20261207|RDATE;VALUE=DATE:20270107", ["2026-12-07", "2027-01-07"]),
        ("DTSTART;VALUE=DATE:20261207|STATUS:CANCELLED", []),
        ("DTSTART;VALUE=DATE:19000101", []),
        ("DTSTART:20261207T100000Z|DTEND:20261207T110000Z", []),
        ("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", ["2026-12-07"]),
        ("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=DAILY;COUNT=9;BYMONTH=2;BYMONTHDAY=31", ["2026-12-07"]),
        ("DTSTART;VALUE=DATE:20261207|RRULE:FREQ=SECONDLY", ["2026-12-07"]),
        ("DTSTART;VALUE=DATE:20261207|DTEND;VALUE=DATE:99990101", ["2026-12-07"]),
    ],
)
def test_days(event: str, days: list[str]) -> None:
    assert read(event) == days


def test_events_of_an_hour_are_counted() -> None:
    content = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261207T100000Z\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    found = days_of(content, first=FIRST, last=LAST)
    assert (found.days, found.with_a_time) == ((), 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"PK\x03\x04",
        b"date;closed\n2026-12-24;yes\n",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:2026\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    ],
)
def test_what_is_no_calendar_is_refused(content: bytes) -> None:
    with pytest.raises(NotACalendarError):
        days_of(content, first=FIRST, last=LAST)
