"""What customers' own grades say beside their words."""

import pytest

from kalevi.text import Reader, explain, read
from kalevi.text.explaining import GRADE

STORY = "Ajoin autoni jumiin lumihankeen lavan taakse. Se mies nosti perän."


def problems(grade: float | None) -> list[str]:
    (reading,) = read([STORY], grades=[grade])
    return [hot.kind for hot in reading.hots if hot.kind == "problem"]


def test_a_grade_speaks_with_the_words() -> None:
    best, worst = read([STORY, STORY], grades=[1.0, 0.0])
    assert (best.sentiment, problems(1.0)) == ("positive", [])
    assert (worst.sentiment, problems(0.0)) == ("negative", ["problem"])


def test_words_without_a_grade_are_read_as_before() -> None:
    texts = [STORY, "Kiitos!"]
    graded = read(texts, grades=[None, 1.0])
    assert graded[0] == read(texts)[0]
    assert [reading.grade for reading in graded] == [None, 1.0]


def test_listed_hears_the_grade_too() -> None:
    listed = Reader().listed([STORY, STORY], grades=[1.0, 0.0])
    assert listed.sentiments == ["positive", "negative"]


def test_the_grade_is_one_of_the_voices() -> None:
    plain, graded = (explain(read([STORY], grades=[given])[0]) for given in (None, 1.0))
    adds = {
        account.output: voice.adds for account in graded for voice in account.voices if voice.name == GRADE
    }
    assert set(adds) == {"problem", "negative", "neutral", "positive", "mixed"}
    assert adds["problem"] < 0 < adds["positive"]
    before, after = (next(one for one in told if one.output == "problem") for told in (plain, graded))
    assert after.odds == pytest.approx(before.odds + adds["problem"], abs=2e-4)
    moved = (after.sentence_odds or 0) - (before.sentence_odds or 0)
    assert moved == pytest.approx(adds["problem"], abs=2e-4)


def test_a_grade_has_its_place_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        read(["Hei"], grades=[5.0])
    with pytest.raises(ValueError, match="one a text"):
        read(["Hei", "Moi"], grades=[1.0])
