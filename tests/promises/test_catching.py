"""What may be a promise is found in our words and in theirs, with its time; wishes and denials are not."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kalevi.promises import catching
from kalevi.promises.catching import in_ours, in_theirs
from kalevi.promises.tense import what_is_told
from kalevi.promises.times import due, end_of, later, warn_at
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
        ("fi", "Reijo tuo laudat pihaasi huomenna aamupäivällä.", None, 23, time(12), None),
        ("fi", "Soitan sinulle maanantaina ennen kello kahta.", None, 23, time(14), None),
        ("fi", "Soitan sinulle huomenna illalla kello kahdeksan.", None, 23, time(20), None),
        ("sv", "I morgon bitti går jag själv till lagret.", None, 23, None, None),
        ("sv", "Jag ringer i kväll klockan sju.", None, 22, time(19), None),
        ("sv", "Pengarna är på ditt konto inom fem bankdagar.", None, 27, None, None),
        ("en", "Kenneth is bringing the boards by close of business Friday.", None, 27, None, None),
        ("en", "We'll send it by 5 December.", "We'll send it by 5 December.", 35, None, None),
    ],
)
def test_ours(
    language: str, text: str, words: str | None, day: int | None, clock: time | None, ahead: timedelta | None
) -> None:
    found = in_ours(text, language, SUNDAY)
    (one,) = found
    if words is not None:
        assert text[one.span[0] : one.span[1]] == words
    expected = date(2026, 11, 1) + timedelta(days=day - 1) if day else None
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
        ("fi", "Voin soittaa sinulle huomenna, jos haluat."),
        ("fi", "Vastaamme yleensä arkipäivän kuluessa."),
        ("fi", "Toivomme, että tavara saapuu jo tällä viikolla."),
        ("fi", "Kirjoitit, että “asentaja tulee torstaina” – keneltä kuulit sen."),
        ("sv", "Jag kan inte ringa i morgon."),
        ("sv", "Vi brukar leverera inom fem vardagar."),
        ("en", "If it breaks again, we will look at it within a week."),
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


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("fi", "Asiakaspäällikkönne kirjoitti, että saamme uuden luonnoksen torstaina.", 26),
        ("fi", "Uusi kortti tulee viikon sisällä, näin minulle kerrottiin chatissa.", 29),
        ("sv", "Enligt orderbekräftelsen ska ugnen levereras den 30 november.", 30),
        ("en", "The lad on the till said my voucher would be emailed by Friday.", 27),
    ],
)
def test_what_was_said_with_a_time_is_a_promise_though_nobody_says_so(
    language: str, text: str, day: int
) -> None:
    (reading,) = Reader().read([text], language=language, said_at=SAID)
    assert [one.day for one in in_theirs(reading, said_on=SUNDAY)] == [date(2026, 11, day)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Kilpailijanne lupasi saman kahdessa päivässä."),
        ("fi", "Luvattu on luvattu, sanoi äitini aina."),
        ("fi", "Kassa sanoi perjantaina, että maito oli loppu."),
        ("sv", "Min svåger lovade hjälpa till med taket på lördag."),
        ("sv", "Jag skulle vilja att ni ringer mig på måndag."),
        ("en", "The lamp arrived on Tuesday, just as you said it would."),
    ],
)
def test_promises_of_others_sayings_wishes_and_past_are_none(language: str, text: str) -> None:
    (reading,) = Reader().read([text], language=language, said_at=SAID)
    assert in_theirs(reading, said_on=SUNDAY) == []


def test_a_colleague_notes_their_own_task_and_not_the_customers() -> None:
    notes = ["Sovittu: soitan Virtaselle huomenna klo 14.", "Asiakas soittaa huomenna klo 14."]
    readings = Reader().read(notes, language="fi", said_at=SAID)
    found = [in_theirs(one, said_on=SUNDAY, noted=True) for one in readings]
    assert [[(one.day, one.clock) for one in some] for some in found] == [
        [(date(2026, 11, 23), time(14))],
        [],
    ]


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


def test_a_time_of_day_that_has_passed_is_tomorrows() -> None:
    (nine,) = in_ours("Soitan sinulle kello 9.", "fi", SUNDAY)
    assert due(nine, SAID, HELSINKI) == (datetime(2026, 11, 23, 7, tzinfo=UTC), False)
    assert due(nine, SAID - timedelta(hours=4), HELSINKI) == (datetime(2026, 11, 22, 7, tzinfo=UTC), False)


@pytest.mark.parametrize(("hours", "key"), [(2, "tomorrow"), (37, "days"), (100, "week"), (500, "week")])
def test_a_new_time_is_later_than_the_one_before(hours: int, key: str) -> None:
    assert later(SAID + timedelta(hours=hours), SAID, HELSINKI) == key


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
