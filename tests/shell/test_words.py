"""Dates, times and numbers as each reader writes them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from kalevi.shell.templatetags import kalevi

NOW = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "written"),
    [("fi", "22.11.2026 klo 9.05"), ("sv", "22.11.2026 kl. 9.05"), ("en", "22 November 2026 09:05")],
)
def test_moment_in_the_company_zone(language: str, written: str) -> None:
    with translation.override(language), timezone.override("Europe/Helsinki"):
        assert kalevi.moment(NOW) == written


def test_day_of_a_date_and_of_a_moment() -> None:
    with translation.override("fi"), timezone.override("Europe/Helsinki"):
        assert (kalevi.day(date(2026, 1, 6)), kalevi.day(datetime(2026, 1, 5, 23, tzinfo=UTC))) == (
            "6.1.2026",
            "6.1.2026",
        )


@pytest.mark.parametrize(
    ("minutes", "written"),
    [(0, "0 min"), (59, "59 min"), (200, "3 t 20 min"), (1500, "1 pv 1 t"), (2 * 1440, "2 päivää")],
)
def test_lasting_in_finnish(minutes: int, written: str) -> None:
    with translation.override("fi"):
        assert (kalevi.lasting(minutes), kalevi.lasting(timedelta(minutes=minutes))) == (written, written)


@pytest.mark.parametrize(
    ("before", "written"),
    [
        (timedelta(seconds=20), "juuri nyt"),
        (timedelta(minutes=1), "minuutti sitten"),
        (timedelta(hours=1), "tunti sitten"),
        (timedelta(hours=5), "5 tuntia sitten"),
        (timedelta(days=31), "31 päivää sitten"),
        (timedelta(days=32), "21.10.2026"),
    ],
)
def test_ago_in_finnish(before: timedelta, written: str) -> None:
    with translation.override("fi"), time_machine.travel(NOW, tick=False):
        assert kalevi.ago(NOW - before) == written


def test_numbers_and_percentages() -> None:
    with translation.override("fi"):
        assert kalevi.number(12345.6) == "12\N{NO-BREAK SPACE}345,6"
        assert (kalevi.percent(0.342), kalevi.percent(0.342, "bare")) == ("34\N{NO-BREAK SPACE}%", "34")
    with translation.override("en"):
        assert (kalevi.number(12345.6), kalevi.percent(0.342)) == ("12,345.6", "34%")


def test_feelings_in_the_readers_language() -> None:
    with translation.override("sv"):
        assert (kalevi.named("joy"), kalevi.graded("anger", 0.9), kalevi.graded("anger", None)) == (
            "glädje",
            "raseri",
            "ilska",
        )
    assert kalevi.named("our own theme") == "our own theme"


def test_evidence_is_marked_and_everything_else_escaped() -> None:
    words = "Kate <b>oli</b> rikki"
    marked = kalevi.with_evidence(words, [(8, 11), (16, 99), (9, 10), (5, 5)])
    assert marked == "Kate &lt;b&gt;<mark>oli</mark>&lt;/b&gt; <mark>rikki</mark>"


def test_every_feeling_has_a_shape_of_its_own() -> None:
    from kalevi.shell.icons import pictures
    from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, SENTIMENTS

    keys = (*FEELINGS, *HOT_KINDS, *SENTIMENTS)
    shapes = [pictures("shape")[key] for key in keys]
    assert len(set(shapes)) == len(keys)


def test_our_filters_take_the_place_of_none_of_djangos() -> None:
    from django.template import defaultfilters, defaulttags

    theirs = {*defaultfilters.register.filters, *defaulttags.register.tags}
    assert theirs & {*kalevi.register.filters, *kalevi.register.tags} == set()


def test_numbers_are_dialled_without_what_is_for_reading() -> None:
    written = ["040 123 4567", "+358 (0)40-123 4567", "(09) 123 456"]
    assert [kalevi.dial(number) for number in written] == ["0401234567", "+358401234567", "09123456"]
