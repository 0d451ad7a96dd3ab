"""How labelled texts are parted and joined before anything is learnt from them."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from training.corpora import exclaimed, labels, part_of, parts_of, phrases
from training.train import best_threshold, calibrated, even_threshold, moods

LABEL = {
    "id": "x-1",
    "language": "fi",
    "corpus": "lines.tsv",
    "line": 2,
    "problem": True,
    "need": False,
    "dream": False,
    "sentiment": "negative",
    "feelings": {"anger": 2},
    "themes": ["other"],
    "marks": [],
}


def test_the_part_depends_on_the_words_alone() -> None:
    assert part_of("Kiitos, hyvä palvelu!") == part_of("kiitos hyvä  PALVELU")


def test_about_fifteen_in_a_hundred_are_for_testing() -> None:
    parts = [part_of(f"comment number {number}") for number in range(4000)]
    assert 0.13 < parts.count("test") / 4000 < 0.17
    assert 0.03 < parts.count("dev") / 4000 < 0.07


def test_neighbours_that_are_nearly_the_same_stay_together() -> None:
    pairs = [
        (f"tuli ajallaan numero {n} eikä toimi", f"tuli ajallaan numero {n} mutta rikki") for n in range(200)
    ]
    for pair in pairs:
        one, two = parts_of(pair)
        assert one == two
        assert one == min(map(part_of, pair), key=("test", "dev", "train").index)


def test_twins_stay_together_wherever_they_stand() -> None:
    texts = [f"{word} aivan omaa asiaa" if n % 2 else word for n, word in enumerate("abcdefghijklmnop")]
    assert len({parts_of(texts, range(16))[n] for n in range(16)}) == 1


def folder_with(tmp_path: Path, digest: str) -> Path:
    (tmp_path / "lines.tsv").write_text("eka\t1\nMikään ei toimi\t1\n", encoding="utf-8")
    found = tmp_path / "labels"
    found.mkdir()
    (found / "some.jsonl").write_text(json.dumps(LABEL | {"sha256": digest}) + "\n", encoding="utf-8")
    return found


def test_a_label_finds_its_line(tmp_path: Path) -> None:
    digest = hashlib.sha256("Mikään ei toimi".encode()).hexdigest()[:16]
    (comment,) = labels(tmp_path, folder_with(tmp_path, digest))
    assert (comment.text, comment.own, comment.problem) == ("Mikään ei toimi", False, True)


def test_a_changed_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x-1"):
        labels(tmp_path, folder_with(tmp_path, "0" * 16))


def test_the_even_threshold_lets_the_share_through() -> None:
    odds = np.linspace(-2, 2, 101)
    threshold = even_threshold(odds, np.ones(101), 0.25)
    assert abs((odds >= threshold).mean() - 0.25) < 0.02


def test_chances_are_made_honest() -> None:
    odds = np.repeat([-4.0, 4.0], 100)
    truth = np.concatenate([np.arange(100) < 30, np.arange(100) < 70])
    slope, shift = calibrated(truth, odds)
    assert abs(1 / (1 + np.exp(-(4 * slope + shift))) - 0.7) < 0.02


def test_moods_learn_their_shares() -> None:
    truth = np.eye(2)[(np.arange(100) % 10 == 0) * 1]
    _, shift = moods(truth, np.zeros((100, 2)), np.ones(100))
    assert round(float(1 / (1 + np.exp(shift[0] - shift[1]))), 2) == 0.1


def test_phrases_tell_what_they_tell_and_their_mood(tmp_path: Path) -> None:
    (tmp_path / "fi.tsv").write_text("meni rikki heti\tP\tneg\nsaisinko kuitin\tN\tneu\n", encoding="utf-8")
    (tmp_path / "second.tsv").write_text("meni rikki heti\tP\tneg\n", encoding="utf-8")
    first, second = phrases(tmp_path)
    assert (first.id, first.language, first.problem, first.need) == ("phrases-fi-0001", "fi", True, False)
    assert (second.problem, second.need, second.sentiment, second.own) == (False, True, "neutral", False)
    assert {first.part, second.part} == {"train"}


def test_a_phrase_is_learnt_as_it_stands_and_exclaimed(tmp_path: Path) -> None:
    (tmp_path / "sv.tsv").write_text("aldrig mer\tP\tneg\nsynd :/\t-\tneg\n", encoding="utf-8")
    found = exclaimed(phrases(tmp_path))
    assert [(c.id, c.text, c.problem, c.sentiment, c.source) for c in found] == [
        ("phrases-sv-0001", "aldrig mer", True, "negative", "phrases-sv"),
        ("phrases-sv-0002", "synd :/", False, "negative", "phrases-sv"),
        ("phrases-sv-0001!", "Aldrig mer!", True, "negative", "phrases-sv"),
    ]


def test_the_best_threshold_lies_where_truth_and_what_is_found_meet() -> None:
    odds = np.linspace(-4, 4, 1001)
    truth = odds > 1.0
    assert best_threshold(odds, truth, np.ones(1001)) == pytest.approx(1.0, abs=0.1)
