"""What may be a promise is found in our words and in theirs, with its time; wishes and denials are not."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kalevi.promises import catching
from kalevi.promises.catching import in_ours, in_theirs
from kalevi.promises.tense import what_is_told
from kalevi.promises.times import due, end_of, warn_at
from kalevi.text import Reader
from kalevi.text.coach.situation import sentences

pytestmark = pytest.mark.library
SUNDAY = date(2026, 11, 22)
HELSINKI = ZoneInfo("Europe/Helsinki")
SAID = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "words", "day", "clock", "ahead"),
    [
        ("fi", "Hei! Soitan sinulle huomenna. Terveisin Tuula", "Soitan sinulle huomenna.", 23, None, None),
        ("fi", "Soitan perjantaina klo 12.30.", "Soitan perjantaina klo 12.30.", 27, time(12, 30), None),
        ("fi", "Lupaan, että ovi tulee.", "Lupaan, että ovi tulee.", None, None, None),
        ("fi", "Palaan asiaan tunnin sisällä.", None, None, None, timedelta(hours=1)),
        ("sv", "Jag ringer dig i morgon kl 9.", "Jag ringer dig i morgon kl 9.", 23, time(9), None),
        ("sv", "Vi återkommer inom två timmar.", None, None, None, timedelta(hours=2)),
        ("en", "I will call you tomorrow at 3 pm.", "I will call you tomorrow at 3 pm.", 23, time(15), None),
        ("en", "We'll send it by 5 December.", "We'll send it by 5 December.", None, None, None),
    ],
)
def test_ours(
    language: str, text: str, words: str | None, day: int | None, clock: time | None, ahead: timedelta | None
) -> None:
    found = in_ours(text, language, SUNDAY)
    if language == "en" and "December" in text:
        assert [one.clock for one in found] in ([], [None])
        return
    (one,) = found
    if words is not None:
        assert text[one.span[0] : one.span[1]] == words
    expected = date(2026, 11, day) if day else None
    assert (one.clock, one.ahead) == (clock, ahead)
    if ahead is None:
        assert one.day == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Soitanko huomenna?"),
        ("fi", "En ehdi huomenna, otan osaa."),
        ("fi", "Selvitämme asiaa."),
        ("fi", "Soitin sinulle eilen."),
        ("fi", "Lupasin soittaa perjantaina ja se jäi minulta, olen pahoillani."),
        ("sv", "Jag kan inte ringa i morgon."),
        ("en", "I could call you tomorrow."),
        ("de", "Ich rufe morgen an."),
    ],
)
def test_what_promises_nothing(language: str, text: str) -> None:
    assert in_ours(text, language, SUNDAY) == []


def test_theirs_come_from_the_mark_with_the_whole_sentence() -> None:
    text = "Ovi puuttuu. He lupasivat soittaa perjantaina. Kiitos jo nyt."
    (reading,) = Reader().read([text], said_at=SAID)
    (one,) = in_theirs(reading)
    assert text[one.span[0] : one.span[1]] == "He lupasivat soittaa perjantaina."
    assert due(one, SAID, HELSINKI) == (datetime(2026, 11, 27, 21, 59, 59, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("language", "sentence", "after", "told"),
    [
        ("fi", "He lupasivat soittaa perjantaina.", "", "open"),
        ("fi", "He lupasivat soittaa perjantaina.", "Kukaan ei soittanut.", "broken"),
        ("fi", "Luvattua soittoa ei koskaan tullut.", "", "broken"),
        ("fi", "Lupasitte soittaa, mutta ette soittaneet.", "", "broken"),
        ("fi", "Ette luvanneet mitään.", "", "none"),
        ("fi", "Lupaan suositella teitä.", "", "none"),
        ("sv", "Ni lovade ringa i morgon.", "", "open"),
        ("sv", "Ni lovade ringa men ingen ringde.", "", "broken"),
        ("sv", "Allt kom som utlovat.", "", "none"),
        ("en", "You promised to call me tomorrow.", "", "open"),
        ("en", "You promised to call.", "That was a month ago.", "broken"),
        ("en", "You kept your promise, thank you.", "", "none"),
        ("de", "Sie haben es versprochen.", "", "open"),
    ],
)
def test_tense_and_negation(language: str, sentence: str, after: str, told: str) -> None:
    assert what_is_told(sentence, after, language) == told


def test_i_promised_is_ours_in_a_note_and_theirs_in_their_words() -> None:
    assert what_is_told("Lupasin soittaa huomenna.", "", "fi", noted=True) == "open"
    assert what_is_told("Lupasin soittaa huomenna.", "", "fi") == "none"


def test_waiting_for_an_answer_is_no_promise() -> None:
    (reading,) = Reader().read(["Jään odottamaan vastausta."], said_at=SAID)
    assert in_theirs(reading) == []


@pytest.mark.parametrize(
    ("given", "by", "by_day", "warned"),
    [
        # A quarter of what is left, at least an hour and at most a day.
        (SAID, SAID + timedelta(hours=12), False, SAID + timedelta(hours=9)),
        (SAID, SAID + timedelta(hours=2), False, SAID + timedelta(hours=1)),
        (SAID, SAID + timedelta(days=20), False, SAID + timedelta(days=19)),
        (SAID, SAID + timedelta(minutes=10), False, SAID),
        # Tomorrow ends at 16 for whoever works: 14.00 UTC, a quarter of 29 hours before.
        (SAID, end_of(date(2026, 11, 23), HELSINKI), True, datetime(2026, 11, 23, 6, 45, tzinfo=UTC)),
        (SAID + timedelta(hours=8), end_of(SUNDAY, HELSINKI), True, SAID + timedelta(hours=8)),
    ],
)
def test_when_one_is_reminded(given: datetime, by: datetime, by_day: bool, warned: datetime) -> None:
    assert warn_at(given, by, by_day, HELSINKI) == warned


def test_a_day_ends_where_the_company_is_also_when_summer_time_does() -> None:
    assert end_of(date(2026, 10, 25), HELSINKI) == datetime(2026, 10, 25, 21, 59, 59, tzinfo=UTC)
    assert end_of(date(2026, 10, 24), HELSINKI) == datetime(2026, 10, 24, 20, 59, 59, tzinfo=UTC)


def test_a_letter_of_many_promises_is_parted_once_and_gives_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    parted: list[str] = []

    def whole(text: str) -> list[tuple[int, int]]:
        parted.append(text)
        return list(sentences(text))

    monkeypatch.setattr(catching, "_whole_sentences", whole)
    text = "Lupasivat soittaa huomenna. " * 40
    reading = Reader().read([text], language="fi", said_at=SAID)[0]
    assert [text[slice(*one.span)].strip() for one in in_theirs(reading)] == [text[:27]] * catching.MOST
    assert parted == [text]
