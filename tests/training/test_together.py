"""What each feeling's own model says is heard once more, all eight together."""

import numpy as np
import pytest

from kalevi.text.deciding import Judge, beside, chance
from kalevi.text.vocabulary import FEELINGS
from training import together
from training.corpora import Line
from training.general import unseen_odds

DOMAIN = {"thresholds": [0.0], "slope": [1.0], "shift": [0.0]}


def told(text: str, *feelings: str) -> Line:
    return Line("xed", "fi", text, frozenset(feelings), None)


def test_feelings_stand_beside_their_shares_and_one() -> None:
    odds = np.zeros((2, 8))
    assert np.array_equal(beside(odds), np.tile([0.125] * 8 + [0.0] * 8 + [1.0], (2, 1)))


def test_a_feeling_that_rules_another_out_is_heard_against_it() -> None:
    chances = np.random.default_rng(1)
    odds = chances.normal(size=(400, 8))
    ticks = np.zeros((400, 8))
    ticks[:, 0] = (odds[:, 0] > 0) & (odds[:, 4] < 0)
    weights = together.learnt(odds, ticks)
    calm = np.full((1, 8), -3.0)
    angry, torn = calm.copy(), calm.copy()
    angry[0, 0] = torn[0, 0] = 2.0
    torn[0, 4] = 2.0
    assert (beside(angry) @ weights)[0, 0] > (beside(torn) @ weights)[0, 0] + 0.2


def test_a_language_without_such_weights_hears_each_by_itself() -> None:
    weights = np.zeros((17, 8))
    weights[16] = [0.5, 2.0, -1.0, 0, 0, 0, 0, 0]
    judge = Judge(DOMAIN, {"fi": {"together": weights.tolist()}, "sv": {}})
    odds = np.linspace(-2, 2, 16).reshape(2, 8)
    assert np.array_equal(judge.felt(odds, "sv"), chance(odds))
    assert judge.felt(odds, "fi").tolist() == [[0.5, 1.0, 0.0, 0, 0, 0, 0, 0]] * 2


def test_a_line_is_told_by_models_that_have_not_seen_it() -> None:
    rest = [told("pöytä"), told("ovi"), told("kaikki", *FEELINGS), told("kaikki", *FEELINGS)]
    fold = np.array([0, 1, 0, 1, 0, 1])
    first = unseen_odds([told("kumma"), told("kumma"), *rest], None, [], fold)
    second = unseen_odds([told("kumma", "surprise"), told("kumma"), *rest], None, [], fold)
    surprise = FEELINGS.index("surprise")
    assert second[0, surprise] == first[0, surprise]
    assert second[1, surprise] > first[1, surprise]


def test_only_lines_that_readers_ticked_are_learnt_from() -> None:
    lines = [Line("xed-neutral", "fi", "a", None, "neutral"), told("b", "joy", "trust")]
    assert together.labelled(lines).tolist() == [1]
    expected = [[float(feeling in ("joy", "trust")) for feeling in FEELINGS]]
    assert together.ticked(lines[1:]).tolist() == expected


@pytest.mark.parametrize("rows", [1, 700])
def test_the_company_of_a_text_does_not_matter(rows: int) -> None:
    chances = np.random.default_rng(2)
    judge = Judge(DOMAIN, {"fi": {"together": chances.normal(size=(17, 8)).tolist()}})
    odds = chances.normal(size=(rows, 8))
    alone = np.concatenate([judge.felt(row[None], "fi") for row in odds])
    assert np.array_equal(judge.felt(odds, "fi"), alone)
