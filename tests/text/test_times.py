import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalevi.text.times import time_near, times

SAID = date(2026, 11, 18)  # a Wednesday

PHRASES = [
    ("fi", "Soitamme huomenna.", date(2026, 11, 19)),
    ("fi", "Hoidetaan ylihuomenna", date(2026, 11, 20)),
    ("fi", "Palaamme ensi viikolla", date(2026, 11, 29)),
    ("fi", "Tulee maanantaina", date(2026, 11, 23)),
    ("fi", "Tulee keskiviikkona", date(2026, 11, 25)),
    ("fi", "Saapuu ensi viikon maanantaina", date(2026, 11, 23)),
    ("fi", "Vastaamme 3 päivän kuluessa", date(2026, 11, 21)),
    ("fi", "Vastaamme kahden viikon sisällä", date(2026, 12, 2)),
    ("fi", "Vastaamme 3 arkipäivän kuluessa", date(2026, 11, 23)),
    ("fi", "Toimitus 22.11.", date(2026, 11, 22)),
    ("fi", "Toimitus 2.1. mennessä", date(2027, 1, 2)),
    ("fi", "Toimitus 5.3.2027", date(2027, 3, 5)),
    ("fi", "Kuun loppuun mennessä", date(2026, 11, 30)),
    ("fi", "Ensi kuussa", date(2026, 12, 31)),
    ("fi", "Ennen joulua", date(2026, 12, 24)),
    ("sv", "Vi ringer i morgon", date(2026, 11, 19)),
    ("sv", "Vi ringer imorgon", date(2026, 11, 19)),
    ("sv", "Kommer nästa vecka", date(2026, 11, 29)),
    ("sv", "Kommer på måndag", date(2026, 11, 23)),
    ("sv", "Inom tre dagar", date(2026, 11, 21)),
    ("en", "We will call tomorrow", date(2026, 11, 19)),
    ("en", "It comes next week", date(2026, 11, 29)),
    ("en", "by Friday", date(2026, 11, 20)),
    ("en", "within 3 days", date(2026, 11, 21)),
    ("en", "within two weeks", date(2026, 12, 2)),
    ("en", "on 2026-12-01", date(2026, 12, 1)),
    ("fi", "huomenna aamupäivällä", date(2026, 11, 19)),
    ("fi", "heti maanantaiaamuna", date(2026, 11, 23)),
    ("fi", "ensi viikolla perjantaina", date(2026, 11, 27)),
    ("fi", "kahdessa viikossa", date(2026, 12, 2)),
    ("fi", "arkipäivän kuluessa", date(2026, 11, 19)),
    ("fi", "ennen viikonloppua", date(2026, 11, 20)),
    ("fi", "joulun jälkeen", date(2026, 12, 28)),
    ("fi", "5. joulukuuta", date(2026, 12, 5)),
    ("fi", "tammikuun loppuun", date(2027, 1, 31)),
    ("fi", "viikolla 48", date(2026, 11, 29)),
    ("sv", "i övermorgon", date(2026, 11, 20)),
    ("sv", "på fredag i nästa vecka", date(2026, 11, 27)),
    ("sv", "inom fem bankdagar", date(2026, 11, 25)),
    ("sv", "i mitten av december", date(2026, 12, 15)),
    ("sv", "efter jul", date(2026, 12, 28)),
    ("sv", "vecka 1", date(2027, 1, 10)),
    ("en", "by close of business Friday", date(2026, 11, 20)),
    ("en", "on Friday next week", date(2026, 11, 27)),
    ("en", "within three working days", date(2026, 11, 23)),
    ("en", "the 5th of December", date(2026, 12, 5)),
    ("en", "after Christmas", date(2026, 12, 28)),
    ("en", "in February", date(2027, 2, 28)),
    ("en", "December 5, 2027", date(2027, 12, 5)),
    ("sv", "i mars 2028", date(2028, 3, 31)),
    ("fi", "5. joulukuuta 2027", date(2027, 12, 5)),
]


@pytest.mark.parametrize(("language", "text", "due"), PHRASES)
def test_a_time_phrase_is_a_date(language: str, text: str, due: date) -> None:
    assert [time.due for time in times(text, language, SAID)] == [due]


def test_the_span_is_that_of_the_phrase() -> None:
    text = "Lupasitte, että ensi viikon maanantaina soitatte."
    assert [text[slice(*time.span)] for time in times(text, "fi", SAID)] == ["ensi viikon maanantaina"]


@pytest.mark.parametrize(
    "text",
    [
        "Hinta 12.90 €",
        "Jono oli 3 viikkoa",
        "32.13.",
        "Auki 24/7",
        "kohta 3.2.",
        "heti kun osa tulee",
        "viikolla 60",
    ],
)
def test_what_is_no_time_ahead_is_left_alone(text: str) -> None:
    assert [time for time in times(text, "fi", SAID) if time.due.year > 2027] == []


def test_a_moment_counts_by_its_date() -> None:
    moment = datetime(2026, 11, 18, 23, 59, tzinfo=UTC)
    assert [time.due for time in times("huomenna", "fi", moment)] == [date(2026, 11, 19)]


def test_the_time_after_a_promise_comes_before_the_one_before_it() -> None:
    text = "Maanantaina lupasitte soittaa perjantaina."
    assert time_near(text, text.index("lupasitte"), "fi", SAID) == date(2026, 11, 20)


def test_a_promise_without_a_time_has_no_date() -> None:
    assert time_near("Lupasitte soittaa.", 0, "fi", SAID) is None


@given(
    st.text(st.characters(min_codepoint=0, max_codepoint=sys.maxunicode))
    | st.text("0123456789. /-päiväwithn"),
    st.sampled_from(["fi", "sv", "en", "und"]),
    st.dates(),
)
def test_any_text_is_searched_without_a_fault(text: str, language: str, said: date) -> None:
    assert [
        time for time in times(text, language, said) if not time.span[0] < time.span[1] <= len(text)
    ] == []
