"""Trains what is read from customers' comments: HOT, sentiment, feelings, themes, suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from kalevi.text.cues import LANGUAGES
from kalevi.text.scoring import CUE_STEP, GENERAL_STEP, Scorer, dense
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, SENTIMENTS, THEMES
from kalevi.text.weights_file import Weights
from training.corpora import Comment
from training.general import quantised
from training.sparse import counts, inverse_frequency, weighted

BUCKETS = 2**15
OUTPUTS = (*HOT_KINDS, *SENTIMENTS, *FEELINGS, *THEMES, "suggestion", "comment")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What comments' outputs are learnt from: cues and general log odds, and runs of characters."""

    dense: np.ndarray
    language: np.ndarray
    words: sparse.csr_matrix
    squares: np.ndarray


def truth_of(comment: Comment, output: str) -> bool:
    """Whether the label says that `output` holds."""
    if output in ("problem", "need", "dream"):
        return bool(getattr(comment, output))
    if output in SENTIMENTS:
        return comment.sentiment == output
    if output in FEELINGS:
        return output in comment.feelings
    if output == "comment":
        return comment.own
    if output == "suggestion":
        return output in comment.marks
    return output in comment.themes


def inputs(
    texts: Sequence[str], languages: Sequence[str], weights: Weights, squares: np.ndarray | None = None
) -> Inputs:
    """The features of labelled texts, in order, in the reader's own arithmetic."""
    numbers = np.array([LANGUAGES.index(language) for language in languages])
    rows, places = [], []
    for number in range(3):
        chosen = np.flatnonzero(numbers == number)
        if not len(chosen):
            continue
        scorer = Scorer(weights, number)
        tokens = tokenise([texts[i] for i in chosen])
        scored = scorer.score(tokens)
        bounds = tokens.text_sentences[:-1]
        polar = scored.sentence_general[:, [8, 10]]
        found = dense(
            scored.text_features,
            scored.general,
            np.maximum.reduceat(polar, bounds, axis=0),
            np.minimum.reduceat(polar, bounds, axis=0),
        )
        rows.append(found / GENERAL_STEP)
        places.append(chosen)
    order = np.argsort(np.concatenate(places))
    matrix = counts(list(texts), BUCKETS)
    if squares is None:
        squares = np.zeros((3, BUCKETS))
        for number in range(3):
            if (numbers == number).any():
                squares[number] = np.minimum(np.rint(inverse_frequency(matrix[numbers == number]) ** 2), 127)
    parts = [
        sparse.diags((numbers == n).astype(np.float32)) @ weighted(matrix, np.sqrt(squares[n]))
        for n in range(3)
    ]
    return Inputs(np.concatenate(rows)[order], numbers, sparse.hstack(parts).tocsr(), squares)


@dataclass(frozen=True, slots=True)
class Mix:
    """How much the parts count beside one another, and how strongly weights are held back."""

    cues: float = 0.5
    words: float = 3.0
    languages: float = 1.0
    strength: float = 0.3


def design(found: Inputs, mix: Mix) -> sparse.csr_matrix:
    """One sparse matrix: cue part, language part, words part."""
    one_hot = np.eye(3)[found.language]
    return sparse.hstack(
        [
            sparse.csr_matrix(found.dense * mix.cues),
            sparse.csr_matrix(one_hot * mix.languages),
            found.words * mix.words,
        ]
    ).tocsr()


def fit(
    matrix: sparse.csr_matrix, truth: np.ndarray, strength: float, weight: np.ndarray | None = None
) -> tuple[np.ndarray, float]:
    """Weights and bias of one output."""
    if truth.all() or not truth.any():
        return np.zeros(matrix.shape[1]), -6.0 if not truth.any() else 6.0
    model = LogisticRegression(
        C=strength, solver="liblinear", max_iter=300, random_state=1, intercept_scaling=5.0
    )
    model.fit(matrix, truth, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


def tables(
    coefficients: np.ndarray, bias: np.ndarray, found: Inputs, mix: Mix
) -> tuple[list[np.ndarray], dict[str, Any]]:
    """The shipped tables of the three languages and the settings, from (outputs, columns) coefficients."""
    width = found.dense.shape[1]
    cue = np.rint(coefficients[:, :width].T * mix.cues * CUE_STEP)
    tables, steps, biases = [], {}, {}
    for number, name in enumerate(LANGUAGES):
        start = width + 3 + number * BUCKETS
        idf = np.sqrt(found.squares[number])
        rows, step = quantised(coefficients[:, start : start + BUCKETS].T * mix.words * idf[:, None])
        tables.append(np.concatenate([rows, found.squares[number][:, None].astype(np.int8)], axis=1))
        steps[name] = [float(f"{s:.8g}") for s in step]
        biases[name] = [round(float(b), 6) for b in bias + coefficients[:, width + number] * mix.languages]
    return tables, {
        "outputs": list(OUTPUTS),
        "weights": cue.astype(int).tolist(),
        "step": steps,
        "bias": biases,
    }
