"""What our own readings of the corpora's lines and our lists of words add to what is learnt."""

import numpy as np
import pytest
from scipy import sparse

from kalevi.text.vocabulary import FEELINGS
from training import readings
from training.corpora import POLARITIES, Line
from training.general import logistic, told_feelings
from training.sparse import counts, inverse_frequency

COUNTED = {"xed": 0.5, "finnsentiment": 0.9}


def line(corpus: str, text: str, **more: object) -> Line:
    given: dict[str, object] = {"feelings": None, "polarity": None} | more
    return Line(corpus, "fi", text, **given)  # type: ignore[arg-type]


def test_a_line_is_known_by_its_bare_words() -> None:
    assert readings.digest("Älä mene, kuulitko?") == readings.digest("älä MENE kuulitko")
    assert readings.digest("Älä mene") != readings.digest("Mene")


def test_letters_with_tenths_are_shares_of_readers() -> None:
    assert readings.shares("A6D4") == {"anger": 0.6, "disgust": 0.4}
    assert readings.shares("U9") == {"surprise": 0.9}
    assert readings.shares("G6U4", readings.POLARITY_LETTERS) == {"negative": 0.6, "neutral": 0.4}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("subtitles-fi.tsv", FEELINGS),
        ("words-fi.tsv", FEELINGS),
        ("expressions-fi.tsv", FEELINGS),
        ("forum-fi.tsv", POLARITIES),
    ],
)
def test_every_row_tells_something_once(name: str, known: tuple[str, ...]) -> None:
    rows = (readings.HERE / name).read_text(encoding="utf-8").strip().split("\n")
    assert rows == sorted(rows)
    found = readings.listed(name)
    assert len(found) == len(rows)
    assert all(told and set(told) <= set(known) for told in found.values())


def test_readings_of_lines_that_are_no_more_are_an_error() -> None:
    with pytest.raises(ValueError, match="they have changed"):
        readings.with_readings([line("xed", "Ei tätä kukaan ole lukenut.")])


def test_label_and_reading_are_weighed_together() -> None:
    both = line("xed", "x", feelings=frozenset({"anger"}), read={"anger": 0.6, "disgust": 0.4})
    assert readings.sureness(both, "anger", COUNTED) == pytest.approx(0.8)
    assert readings.sureness(both, "disgust", COUNTED) == pytest.approx(0.2)
    assert readings.sureness(both, "joy", COUNTED) == 0.0


def test_without_a_reading_the_label_stands() -> None:
    alone = line("xed", "x", feelings=frozenset({"anger"}), polarity="negative")
    assert readings.sureness(alone, "anger", COUNTED) == 1.0
    assert readings.sureness(alone, "negative", COUNTED) == 1.0
    assert readings.sureness(alone, "neutral", COUNTED) == 0.0


def test_a_reading_of_feelings_leaves_polarity_to_the_label() -> None:
    both = line("xed", "x", feelings=frozenset({"joy"}), polarity="positive", read={"sadness": 0.9})
    assert readings.sureness(both, "positive", COUNTED) == 1.0


def test_a_line_without_a_label_goes_by_our_reading_alone() -> None:
    neutral = line("xed-neutral", "x", polarity="neutral", read={"trust": 0.3})
    assert readings.sureness(neutral, "trust", COUNTED) == pytest.approx(0.3)


def test_feelings_are_learnt_from_labelled_lines_and_read_subtitles() -> None:
    lines = [
        line("xed", "a", feelings=frozenset({"joy"})),
        line("xed-neutral", "b", polarity="neutral", read={"joy": 0.4}, read_weight=0.5),
        line("xed-neutral", "c", polarity="neutral"),
        line("finnsentiment", "d", polarity="neutral", read={"neutral": 0.9}, read_weight=1.0),
    ]
    chosen, truth, weight = told_feelings(lines, "joy")
    assert chosen.tolist() == [0, 1]
    assert truth.tolist() == [1.0, 0.4]
    assert weight.tolist() == [1.0, 0.5]


def test_expressions_that_are_lines_to_test_on_are_left_out() -> None:
    found = readings.expressions()
    assert found
    assert {said.part for said in found} <= {"train", "dev"}


def test_words_nobody_listed_are_told_by_the_runs_they_share() -> None:
    texts = ["pelkään pimeää", "pöytä on puuta", "tuoli on puuta", "puuta ja pöytä"] * 3
    idf = inverse_frequency(counts(texts, 2**12))
    told = readings.word_feelings(texts, np.maximum(idf, 1.0))
    fear = FEELINGS.index("fear")
    said = np.asarray(counts(["pelkäämme", "pöytää"], 2**12, pairs=False) @ told)[:, fear]
    assert said[0] > 3 * abs(said[1])


def test_half_sure_rows_pull_both_ways() -> None:
    matrix = sparse.csr_matrix(np.array([[1.0], [1.0], [-1.0]]))
    sure = logistic(matrix, np.array([1.0, 1.0, 0.0]), np.ones(3), 10.0)
    unsure = logistic(matrix, np.array([0.6, 0.6, 0.0]), np.ones(3), 10.0)
    assert 0 < unsure.coef_[0, 0] < sure.coef_[0, 0]
