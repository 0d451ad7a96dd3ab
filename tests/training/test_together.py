"""What each output's own model says is heard once more, feelings together and polarities with them."""

import numpy as np
import pytest

from kalevi.text.deciding import Judge, around, beside, chance
from kalevi.text.vocabulary import FEELINGS
from training import together
from training.corpora import POLARITIES, Line
from training.general import OUTPUTS, unseen_odds

DOMAIN = {"thresholds": [0.0], "slope": [1.0], "shift": [0.0]}


def told(text: str, *feelings: str) -> Line:
    return Line("xed", "fi", text, frozenset(feelings), None)


def forum(text: str, polarity: str) -> Line:
    return Line("finnsentiment", "fi", text, None, polarity)


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


def test_polarities_stand_beside_feelings() -> None:
    odds = np.zeros((1, 11))
    assert around(odds).tolist() == [[*[0.0] * 8, *[0.5] * 8, *[1 / 3] * 3, *[0.0] * 3, 1.0]]


def test_a_polarity_is_heard_by_what_is_felt() -> None:
    chances = np.random.default_rng(1)
    odds = chances.normal(size=(600, 11))
    joy, negative = FEELINGS.index("joy"), 8 + POLARITIES.index("negative")
    truth = np.where((odds[:, negative] > 0) & (odds[:, joy] < 0), 0, 1)
    truth[::10] = 2
    weights = together.learnt_polarity(odds, truth)
    judge = Judge(DOMAIN, {"fi": {"polarity": weights.tolist()}})
    blamed = np.zeros((2, 11))
    blamed[:, negative] = 2.0
    blamed[:, joy] = [-2.0, 2.0]
    heard = judge.polarity(blamed, "fi")
    assert heard[0, 0] > 0.5 > heard[1, 0]
    assert heard.sum(axis=1) == pytest.approx([1.0, 1.0])


def test_a_rarer_polarity_counts_more_than_its_share() -> None:
    # the same ten lines of each polarity, sixteen times as often neutral: nothing else tells them apart
    odds = np.tile(np.random.default_rng(1).normal(size=(10, 11)), (18, 1))
    truth = np.repeat([0, 2, *[1] * 16], 10)
    judge = Judge(DOMAIN, {"fi": {"polarity": together.learnt_polarity(odds, truth).tolist()}})
    heard = judge.polarity(odds[:1], "fi")[0]
    assert heard == pytest.approx([1 / 6, 4 / 6, 1 / 6], abs=0.01)


def test_a_language_without_such_weights_hears_each_polarity_by_itself() -> None:
    odds = np.linspace(-2, 2, 22).reshape(2, 11)
    alone = chance(odds[:, 8:])
    expected = alone / alone.sum(axis=1, keepdims=True)
    assert np.array_equal(Judge(DOMAIN, {"sv": {}}).polarity(odds, "sv"), expected)


def test_a_line_is_told_by_models_that_have_not_seen_it() -> None:
    judged = [forum(text, polarity) for text in ("sumu", "sade") for polarity in POLARITIES]
    rest = [told("pöytä"), told("ovi"), told("kaikki", *FEELINGS), told("kaikki", *FEELINGS), *judged]
    fold = np.array([0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1])
    first = unseen_odds([told("kumma"), told("kumma"), *rest], None, [], fold)
    second = unseen_odds([told("kumma", "surprise"), told("kumma"), *rest], None, [], fold)
    surprise = OUTPUTS.index("surprise")
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


def test_only_lines_judged_for_polarity_as_such_are_learnt_from() -> None:
    lines = [Line("xed-neutral", "fi", "a", None, "neutral"), forum("b", "positive"), forum("c", "negative")]
    assert together.judged(lines).tolist() == [1, 2]
    assert together.polarities(lines[1:]).tolist() == [2, 0]
