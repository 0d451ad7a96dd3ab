"""A model made here learns what people confirmed, is refused where it reads worse, and can be taken back."""

from pathlib import Path

import numpy as np
import pytest

from kalevi.text import Reader
from kalevi.text.refitting import (
    FEWEST,
    Comparison,
    Figure,
    Lesson,
    active,
    choose,
    choosing,
    forget_newest,
    frozen_comments,
    keeping,
    kept,
    use,
)
from kalevi.text.refitting.lessons import CUSTOMERS_WORD, OUTPUTS, truth_of

SPOKEN = [
    *("Kiukamo tuli maanantaina.", "Kiukamo on nyt meillä.", "Meidän kiukamo on keskellä pihaa."),
    *("Kiukamo seisoo eteisessä.", "Saimme kiukamo kolmosen.", "Naapurin kiukamo on samanlainen."),
]


def lessons(theme: str) -> list[Lesson]:
    """Texts with a word that only this company knows, which people say is about `theme`."""
    nothing: frozenset[str] = frozenset()
    about = frozenset([theme])
    return [
        Lesson(f"{text} Rivi {number}.", "fi", None, None, nothing, about)
        for number in range(8)
        for text in SPOKEN
    ]


SAID = ["Kiukamo on täällä.", "Kiukamo on sateessa.", "Meidän kiukamo on vihreä."]


def sure_of_premises(reader: Reader) -> list[float]:
    return [reading.scores["premises"] for reading in reader.read(SAID)]


def told_of_premises(reader: Reader) -> int:
    return sum(theme.key == "premises" for reading in reader.read(SAID) for theme in reading.themes)


def test_it_learns_a_word_of_the_company(tmp_path: Path) -> None:
    assert told_of_premises(Reader()) == 0
    outcome = choose(lessons("premises"), tmp_path, frozen_comments()[::4])
    assert (outcome.reason, "themes" in outcome.groups) == ("", True)
    assert outcome.after > outcome.before
    assert outcome.comparison is not None
    assert not outcome.comparison.worse
    assert outcome.place is not None
    reader = Reader(weights=outcome.place)
    # wary: not every sentence is sure at once, but each is more than twice as sure, and some are told
    assert all(
        new > 2 * old for old, new in zip(sure_of_premises(Reader()), sure_of_premises(reader), strict=True)
    )
    assert told_of_premises(reader) >= 1
    assert reader.model.version == outcome.place.name
    assert reader.model.version.startswith(f"{Reader().model.version}+")


def test_too_few_lessons_are_refused(tmp_path: Path) -> None:
    assert choose(lessons("premises")[: FEWEST - 1], tmp_path).reason == "few"
    assert list(tmp_path.iterdir()) == []


def figures(**new: float) -> Comparison:
    """A comparison in which the shipped model has 0.5 everywhere and each difference is certain to 0.01."""
    found = {"hot": 0.5, "sentiment": 0.5, "feelings": 0.5, "themes": 0.5} | new
    found["mean"] = sum(found.values()) / 4
    rows = (Figure(name, 0.5, one, one - 0.51, one - 0.49) for name, one in found.items())
    return Comparison(tuple(rows), 100)


def test_a_model_is_worse_surely_or_by_more_than_chance_excuses() -> None:
    assert not figures().worse
    assert not figures(themes=0.495).worse
    assert figures(hot=0.9, themes=0.48).worse
    assert Figure("hot", 0.5, 0.499, -0.002, -0.0001).worse
    assert Figure("hot", 0.5, 0.494, -0.05, 0.04).worse
    assert not Figure("hot", 0.5, 0.499, -0.05, 0.04).worse


def test_what_reads_the_frozen_test_worse_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worse = figures(hot=0.4, sentiment=0.4, feelings=0.4, themes=0.4)
    monkeypatch.setattr(choosing, "compare", lambda *_: worse)
    outcome = choose(lessons("premises"), tmp_path)
    assert (outcome.reason, outcome.place, outcome.comparison) == ("worse", None, worse)
    assert list(tmp_path.iterdir()) == []


def test_only_groups_that_read_not_measurably_worse_learn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "compare", lambda *_: figures(hot=0.4, sentiment=0.4, themes=0.8))
    outcome = choose(lessons("premises"), tmp_path)
    assert outcome.groups == ("feelings", "themes")
    assert outcome.reason == "worse"  # as a whole it still does
    assert list(tmp_path.iterdir()) == []


def test_models_are_put_in_use_and_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (active(tmp_path), kept(tmp_path), forget_newest(tmp_path)) == (None, [], None)
    own = keeping.shipped_version()
    for version in (f"{own}+1", f"{own}+2"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "settings.json").write_text("{}")
        use(tmp_path, version)
    assert active(tmp_path) == tmp_path / f"{own}+2"
    assert forget_newest(tmp_path) == f"{own}+2"
    assert active(tmp_path) == tmp_path / f"{own}+1"
    monkeypatch.setattr(keeping, "shipped_version", lambda: "newer")
    assert active(tmp_path) is None


def test_what_customers_told_counts_above_what_colleagues_read() -> None:
    told = Lesson("Hei", "fi", None, frozenset(["anger"]), None, None, frozenset(["sadness"]))
    truth, weight = truth_of([told])
    feelings = dict(zip(OUTPUTS, truth[0].tolist(), strict=True))
    assert (feelings["anger"], feelings["sadness"]) == (0.0, 1.0)
    assert set(weight[0][7:15].tolist()) == {CUSTOMERS_WORD}
    assert not np.any(weight[0][:7])


def test_the_frozen_test_is_of_the_test_part_alone() -> None:
    corpora = pytest.importorskip("training.corpora", exc_type=ImportError)
    assert len(frozen_comments()) >= 450
    assert {corpora.part_of(comment.text) for comment in frozen_comments()} == {"test"}
