"""Trains what is general: which language a text is in, and feelings and polarity from the open corpora."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kalevi.text.cues import LANGUAGES
from kalevi.text.tokens import tokenise
from training.corpora import FEELINGS, POLARITIES, Line
from training.projection import folded
from training.readings import sureness, word_feelings
from training.sparse import counts, inverse_frequency, weighted

LANGUAGE_BUCKETS = 2**16
GENERAL_BUCKETS = 2**17
SUBTITLES = 0.03
# Words are few in short texts, and each must tell its language by itself: chosen on lines held out.
LANGUAGE_STRENGTH = 10.0
# What each of our languages counts, and all others together: more, and short words of ours are theirs.
OURS, OTHERS = 8000, 2000
# Finnish forum sentences were judged for polarity as such: chosen out of fold, with EVEN_SCALE.
STRENGTH, POLARITY_STRENGTH, JUDGED_STRENGTH = 1.0, 1.0, 0.4
EVENNESS, JUDGED_EVENNESS = 0.6, 0.9
MEANING, CARRIED = 0.4, 20.0
# How much our own reading of a line counts beside its label, and how weakly feelings are then held back:
# chosen out of fold.
COUNTED = {"xed": 0.7, "xed-projected": 0.7, "finnsentiment": 0.9}
READ_STRENGTH = 3.0
# How much of each feature's scale stays whatever it tells apart, where polarity was judged as such.
EVEN_SCALE = 0.4
OUTPUTS = (*FEELINGS, *POLARITIES)


def quantised(rows: np.ndarray, most: int = 127) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers between -127 and 127, and what one of them is worth in each column."""
    step = np.maximum(np.abs(rows).max(axis=0), 1e-9) / most
    return np.rint(rows / step).astype(np.int8), step


def logistic(
    matrix: sparse.csr_matrix, truth: np.ndarray, weight: np.ndarray, strength: float
) -> LogisticRegression:
    """A logistic regression, the same on every run. `truth` is how surely each row is so, 0 to 1."""
    model = LogisticRegression(
        C=strength, solver="liblinear", max_iter=300, random_state=1, intercept_scaling=3.0
    )
    for_it, against = np.flatnonzero(truth > 0), np.flatnonzero(truth < 1)
    rows = np.concatenate([for_it, against])
    sides = np.arange(len(rows)) < len(for_it)
    weights = np.concatenate([(weight * truth)[for_it], (weight * (1 - truth))[against]])
    return model.fit(matrix[rows], sides, sample_weight=weights)


def language(texts: list[tuple[str, str]], other: list[str]) -> tuple[np.ndarray, dict[str, Any]]:
    """The language table from (language, text) pairs, and its settings. Texts are cut into short pieces."""
    pieces: list[str] = []
    truth: list[int] = []
    weight: list[float] = []
    groups = {name: [t for n, t in texts if n == name] for name in LANGUAGES}
    for number, chosen in [*enumerate(groups.values()), (3, other)]:
        found = []
        for text in chosen:
            words = tokenise([text]).words
            size = 8 if number < 3 else 4
            found += [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
        pieces += found
        truth += [number] * len(found)
        weight += [(OURS if number < 3 else OTHERS) / len(found)] * len(found)
    # pairs of words would tie the guess to word order; each word speaks for itself
    matrix = counts(pieces, LANGUAGE_BUCKETS, pairs=False)
    rows, bias = [], []
    for number in range(4):
        model = logistic(
            matrix * 0.1, (np.array(truth) == number).astype(float), np.array(weight), LANGUAGE_STRENGTH
        )
        rows.append(model.coef_[0] * 0.1)
        bias.append(float(model.intercept_[0]))
    table = np.stack(rows, axis=1)
    step = float(np.abs(table).max() / 127)
    return np.rint(table / step).astype(np.int8), {"step": step, "bias": [round(b, 6) for b in bias]}


def telling(matrix: sparse.csr_matrix, truth: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """A scale for each column: `EVEN_SCALE`, and more the better it tells true rows from others alone.

    By the absolute log ratio of its smoothed shares (Wang & Manning, ACL 2012), in proportion to the mean.
    `truth` is how surely each row is true, 0 to 1.
    """
    shares = []
    for side in (truth, 1 - truth):
        seen = np.asarray(matrix.T @ (weight * side), dtype=np.float64)
        seen += seen.mean()
        shares.append(seen / seen.sum())
    ratio = np.abs(np.log(shares[0] / shares[1]))
    return EVEN_SCALE + (1 - EVEN_SCALE) * ratio / max(float(ratio[ratio > 0].mean()), 1e-9)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one language's general model learns from: `wide` are all features of `lines`, `ready` the first.

    `fold` is what the others are made of the first by.
    """

    lines: list[Line]
    squares: np.ndarray
    ready: sparse.csr_matrix
    fold: np.ndarray
    wide: sparse.csr_matrix


def prepared(corpora: list[Line], meant: np.ndarray | None, expressions: Sequence[Line]) -> Prepared:
    """The features of the lines of one language. `meant` are the directions of each line."""
    matrix = counts([line.text for line in corpora], GENERAL_BUCKETS)
    squares = np.minimum(np.rint(inverse_frequency(matrix) ** 2), 127)
    idf = np.sqrt(squares)
    ready = weighted(matrix, idf)
    fold = np.zeros((GENERAL_BUCKETS, 0))
    if meant is not None:
        fold = folded(ready, meant) * MEANING
    lines = [*corpora, *expressions]
    if any(line.read is not None for line in lines):
        fold = np.concatenate([fold, word_feelings([line.text for line in corpora], idf) * CARRIED], axis=1)
    if expressions:
        said = weighted(counts([line.text for line in expressions], GENERAL_BUCKETS), idf)
        ready = sparse.vstack([ready, said]).tocsr()
    wide = sparse.hstack([ready, sparse.csr_matrix(ready @ fold)]).tocsr() if fold.shape[1] else ready
    return Prepared(lines, squares, ready, fold, wide)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one output is learnt from: the places of lines, how surely each is so, what each counts.

    Then how weakly weights are held back, and whether features are scaled by what they tell apart.
    """

    chosen: np.ndarray
    truth: np.ndarray
    weight: np.ndarray
    strength: float
    scaled: bool


def lesson(lines: list[Line], output: str) -> Lesson:
    """The lesson of one feeling or polarity."""
    if output in POLARITIES:
        chosen, truth, weight, judges = judged_polarity(lines, output)
        return Lesson(chosen, truth, weight, JUDGED_STRENGTH if judges else POLARITY_STRENGTH, judges)
    return Lesson(*told_feelings(lines, output), feeling_strength(lines), False)


def learnt(found: Prepared, lesson: Lesson, kept: np.ndarray) -> tuple[np.ndarray, float]:
    """A coefficient for each column of `found.wide`, and the bias, from the lesson's lines `kept` alone."""
    chosen, truth, weight = lesson.chosen[kept], lesson.truth[kept], lesson.weight[kept]
    scale = np.ones(found.wide.shape[1])
    if lesson.scaled:
        scale[:GENERAL_BUCKETS] = telling(found.ready[chosen], truth, weight)
    model = logistic((found.wide[chosen] @ sparse.diags(scale)).tocsr(), truth, weight, lesson.strength)
    return model.coef_[0] * scale, float(model.intercept_[0])


def general(
    corpora: list[Line], meant: np.ndarray | None = None, expressions: Sequence[Line] = ()
) -> tuple[np.ndarray, dict[str, Any]]:
    """The general table of one language, and its settings. `meant` are the directions of each line.

    Lines that we have read ourselves are learnt from by both, their label and our reading.
    """
    found = prepared(corpora, meant, expressions)
    rows, bias = [], []
    for output in OUTPUTS:
        by = lesson(found.lines, output)
        told, start = learnt(found, by, np.ones(len(by.chosen), dtype=bool))
        rows.append((told[:GENERAL_BUCKETS] + found.fold @ told[GENERAL_BUCKETS:]) * np.sqrt(found.squares))
        bias.append(round(start, 6))
    table, step = quantised(np.stack(rows, axis=1))
    settings = {"outputs": list(OUTPUTS), "bias": bias, "step": [float(f"{s:.8g}") for s in step]}
    return np.concatenate([table, found.squares[:, None].astype(np.int8)], axis=1), settings


def feeling_strength(lines: Sequence[Line]) -> float:
    """How weakly feelings are held back."""
    return READ_STRENGTH if any(line.read is not None for line in lines) else STRENGTH


def unseen_odds(
    corpora: list[Line], meant: np.ndarray | None, expressions: Sequence[Line], fold: np.ndarray
) -> np.ndarray:
    """(lines, outputs) of log odds of `corpora`, each by a model that learnt from the other folds alone."""
    found = prepared(corpora, meant, expressions)
    odds = np.zeros((len(corpora), len(OUTPUTS)))
    # expressions are of no fold
    folds = np.concatenate([fold, np.full(len(expressions), -1)])
    for column, output in enumerate(OUTPUTS):
        by = lesson(found.lines, output)
        for number in range(int(fold.max()) + 1):
            told, start = learnt(found, by, folds[by.chosen] != number)
            held = np.flatnonzero(fold == number)
            odds[held, column] = found.wide[held] @ told + start
    return odds


def told_feelings(lines: list[Line], feeling: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The places of the lines to learn a feeling from, how surely each tells it, and what each counts."""
    chosen = [
        place
        for place, line in enumerate(lines)
        if line.feelings is not None or (line.corpus != "finnsentiment" and line.read is not None)
    ]
    some = [lines[place] for place in chosen]
    truth = np.array([sureness(line, feeling, COUNTED) for line in some])
    weight = np.array([line.weight if line.read is None else line.read_weight for line in some])
    return np.array(chosen), truth, weight


def judged_polarity(lines: list[Line], polarity: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """The same for a polarity, and whether any of these sentences was judged for polarity as such.

    Nearly as much counts for as against, and forum sentences count before subtitles.
    """
    chosen = [place for place, line in enumerate(lines) if line.polarity is not None]
    some = [lines[place] for place in chosen]
    truth = np.array([sureness(line, polarity, COUNTED) for line in some])
    forum = np.array([line.corpus in ("finnsentiment", "goemotions") for line in some])
    weight = np.array([line.weight for line in some]) * np.where(forum | ~forum.any(), 1.0, SUBTITLES)
    share = (weight * truth).sum() / weight.sum()
    judges = any(line.corpus == "finnsentiment" for line in some)
    even = JUDGED_EVENNESS if judges else EVENNESS
    weight *= truth * (0.5 / share) ** even + (1 - truth) * (0.5 / (1 - share)) ** even
    return np.array(chosen), truth, weight, judges


def save(folder: Path, name: str, table: np.ndarray) -> None:
    """One table as a plain array file."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{name}.npy", np.ascontiguousarray(table), allow_pickle=False)
