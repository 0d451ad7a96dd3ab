"""What is spoken of more than before is found, named by its phrases, with its growth and its uncertainty."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kalevi.text import read
from kalevi.text.emerging import Emerging, Said, emerging

QUIET = [
    *("Palvelu oli ystävällistä ja nopeaa.", "Hyvä valikoima ja siisti myymälä.", "Kiitos avusta!"),
    *("Toimitus kesti viikon.", "Jono oli pitkä mutta hinta kohdallaan.", "Pysäköinti oli hankalaa."),
    *("Sauna lämpeni hyvin.", "Kassalla oli mukava myyjä.", "Tuote oli juuri sitä mitä hain."),
]
NEWS = [
    *(
        "Lautani peruttiin ilman selitystä.",
        "Tilasin lautoja, ja tilaus peruttiin.",
        "Miksi lauta peruttiin?",
    ),
    *(
        "Laudat peruttiin viikon päästä.",
        "Lautojen tilaus peruttiin taas.",
        "Saanko laudat vai peruttiinko ne?",
    ),
]


def said(*texts: str) -> list[Said]:
    return [Said(text, "fi") for text in texts]


def numbered(count: int) -> list[Said]:
    """So many texts, no two of them the same."""
    names = ("".join(chr(ord("a") + int(digit)) for digit in str(number)) for number in range(count))
    return said(*(f"{QUIET[number % len(QUIET)]} Rivi x{name}" for number, name in enumerate(names)))


def of_readings(texts: list[str]) -> list[Said]:
    spans = ((one.text, one.language, [data.span for data in one.personal_data]) for one in read(texts))
    return [Said(*one) for one in spans]


def test_inflected_forms_grow_together() -> None:
    (found,) = emerging([*numbered(30), *said(*NEWS)], numbered(200))
    assert isinstance(found, Emerging)
    assert set(found.phrases) & {"laudat", "peruttiin"}
    assert (found.texts, found.before) == (6, 0)
    assert found.low > 1.5
    assert found.low < found.growth < found.high
    assert set(found.examples) <= set(range(30, 36))


def test_nothing_new_is_no_theme() -> None:
    assert emerging(numbered(60), numbered(200)) == []
    assert emerging([], numbered(10)) == []
    assert emerging(said(*NEWS), []) == emerging(said(*NEWS), [])


def test_the_same_words_again_and_again_are_said_once() -> None:
    assert emerging([*numbered(30), *said(*NEWS[:1] * 20)], numbered(200)) == []


def test_what_points_to_a_person_is_never_a_phrase() -> None:
    texts = [f"{QUIET[number]} Terveisin Maija Virtanen, puhelin 040 1234567" for number in range(9)]
    found = emerging([*of_readings(texts)], numbered(200))
    phrases = " ".join(phrase for one in found for phrase in one.phrases)
    assert "maija" not in phrases
    assert "virta" not in phrases


def test_a_day_of_real_messages(shared: Path) -> None:
    with (shared / "data" / "airline_tweets" / "tweets.csv").open(encoding="utf-8", newline="") as file:
        rows = [(datetime.strptime(row["tweet_created"], "%m/%d/%Y %H:%M"), row["text"])  # noqa: DTZ007
                for row in csv.DictReader(file)]  # fmt: skip
    day = date(2015, 2, 23)
    window = of_readings([text for at, text in rows if at.date() == day])
    before = of_readings([text for at, text in rows if at.date() < day])
    assert [one.phrases for one in emerging(window, before)] == [("on fleek", "our fleet's")]


@pytest.mark.parametrize("weeks", [84, 86])
def test_the_demo_company_sold_more_than_it_had(weeks: int) -> None:
    from kalevi.demo.plan import plan

    told = [one for one in plan(datetime(2026, 11, 22, 9, tzinfo=UTC)).happenings if one.text]
    begins = min(one.at for one in told) + timedelta(weeks=weeks)
    ends, year = begins + timedelta(weeks=4), begins - timedelta(weeks=52)
    window = of_readings([one.text or "" for one in told if begins <= one.at < ends])
    before = of_readings([one.text or "" for one in told if year <= one.at < begins])
    phrases = {phrase for one in emerging(window, before) for phrase in one.phrases}
    assert phrases & {"peruttiin", "peruttu"}
    assert "laudat" in phrases


def test_a_few_texts_are_enough_where_nobody_spoke_of_it_before() -> None:
    window = [*numbered(180), *said(*NEWS[:5])]
    (theme, *_rest) = emerging(window, numbered(900))
    assert (theme.texts, theme.before) == (5, 0)
    assert emerging([*numbered(180), *said(*NEWS[:3])], numbered(900)) == []
