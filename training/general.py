"""Trains what is general: which language a text is in, and feelings and polarity from the open corpora."""

from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kalevi.text.cues import LANGUAGES
from kalevi.text.tokens import tokenise
from training.corpora import FEELINGS, POLARITIES, Line
from training.projection import folded
from training.sparse import counts, inverse_frequency, weighted

LANGUAGE_BUCKETS = 2**14
GENERAL_BUCKETS = 2**17
SUBTITLES = 0.03
# Finnish forum sentences were judged for polarity as such: chosen out of fold (macro F1 0.684 -> 0.692).
POLARITY_STRENGTH, JUDGED_STRENGTH = 1.0, 0.5
EVENNESS = 0.6
MEANING = 0.4
# How much of each feature's scale stays whatever it tells apart, where polarity was judged as such.
EVEN_SCALE = 0.3
OUTPUTS = (*FEELINGS, *POLARITIES)


def quantised(rows: np.ndarray, most: int = 127) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers between -127 and 127, and what one of them is worth in each column."""
    step = np.maximum(np.abs(rows).max(axis=0), 1e-9) / most
    return np.rint(rows / step).astype(np.int8), step


def logistic(
    matrix: sparse.csr_matrix, truth: np.ndarray, weight: np.ndarray, strength: float
) -> LogisticRegression:
    """A logistic regression, the same on every run."""
    model = LogisticRegression(
        C=strength, solver="liblinear", max_iter=300, random_state=1, intercept_scaling=3.0
    )
    return model.fit(matrix, truth, sample_weight=weight)


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
        weight += [(8000 if number < 3 else 4000) / len(found)] * len(found)
    # pairs of words would tie the guess to word order; each word speaks for itself
    matrix = counts(pieces, LANGUAGE_BUCKETS, pairs=False)
    rows, bias = [], []
    for number in range(4):
        model = logistic(matrix * 0.1, np.array(truth) == number, np.array(weight), 1.0)
        rows.append(model.coef_[0] * 0.1)
        bias.append(float(model.intercept_[0]))
    table = np.stack(rows, axis=1)
    step = float(np.abs(table).max() / 127)
    return np.rint(table / step).astype(np.int8), {"step": step, "bias": [round(b, 6) for b in bias]}


def telling(matrix: sparse.csr_matrix, truth: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """A scale for each column: `EVEN_SCALE`, and more the better it tells true rows from others alone.

    By the absolute log ratio of its smoothed shares (Wang & Manning, ACL 2012), in proportion to the mean.
    """
    shares = []
    for side in (truth, ~truth):
        seen = np.asarray(matrix[side].T @ weight[side], dtype=np.float64)
        seen += seen.mean()
        shares.append(seen / seen.sum())
    ratio = np.abs(np.log(shares[0] / shares[1]))
    return EVEN_SCALE + (1 - EVEN_SCALE) * ratio / max(float(ratio[ratio > 0].mean()), 1e-9)


def general(
    lines: list[Line], strength: float = 1.0, meant: np.ndarray | None = None
) -> tuple[np.ndarray, dict[str, Any]]:
    """The general table of one language, and its settings. `meant` are the directions of each line."""
    matrix = counts([line.text for line in lines], GENERAL_BUCKETS)
    squares = np.minimum(np.rint(inverse_frequency(matrix) ** 2), 127)
    idf = np.sqrt(squares)
    ready = weighted(matrix, idf)
    fold = np.zeros((GENERAL_BUCKETS, 0)) if meant is None else folded(ready, meant)
    wide = ready
    if meant is not None:
        wide = sparse.hstack([ready, sparse.csr_matrix(ready @ fold * MEANING)]).tocsr()
    weight = np.array([line.weight for line in lines])
    forum = np.array([line.corpus in ("finnsentiment", "goemotions") for line in lines])
    judges = np.array([line.corpus == "finnsentiment" for line in lines])
    rows, bias = [], []
    for output in OUTPUTS:
        if output in FEELINGS:
            chosen = np.array([line.feelings is not None for line in lines])
            truth = np.array([line.feelings is not None and output in line.feelings for line in lines])
        else:
            chosen = np.array([line.polarity is not None for line in lines])
            truth = np.array([line.polarity == output for line in lines])
        scale = np.ones(GENERAL_BUCKETS)
        if output in POLARITIES:
            # nearly as many for as against, and forum sentences (judged for polarity) before subtitles
            judged = weight * np.where(forum | ~forum.any(), 1.0, SUBTITLES)
            share = judged[chosen & truth].sum() / judged[chosen].sum()
            judged = judged * np.where(truth, 0.5 / share, 0.5 / (1 - share)) ** EVENNESS
            if judges.any():
                scale = telling(ready[chosen], truth[chosen], judged[chosen])
            by_all = np.concatenate([scale, np.ones(fold.shape[1])])
            model = logistic(
                (wide @ sparse.diags(by_all)).tocsr()[chosen],
                truth[chosen],
                judged[chosen],
                JUDGED_STRENGTH if judges.any() else POLARITY_STRENGTH,
            )
        else:
            model = logistic(wide[chosen], truth[chosen], weight[chosen], strength)
        found = model.coef_[0]
        rows.append((found[:GENERAL_BUCKETS] * scale + fold @ (found[GENERAL_BUCKETS:] * MEANING)) * idf)
        bias.append(round(float(model.intercept_[0]), 6))
    table, step = quantised(np.stack(rows, axis=1))
    settings = {"outputs": list(OUTPUTS), "bias": bias, "step": [float(f"{s:.8g}") for s in step]}
    return np.concatenate([table, squares[:, None].astype(np.int8)], axis=1), settings


def save(folder: Path, name: str, table: np.ndarray) -> None:
    """One table as a plain array file."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{name}.npy", np.ascontiguousarray(table), allow_pickle=False)
