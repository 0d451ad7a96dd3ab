"""Trains what is read from customers' comments: HOT, sentiment, feelings, themes, suggestions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from kalevi.text.cues import LANGUAGES
from kalevi.text.scoring import CUE_STEP, GENERAL_STEP, Scorer, dense
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, SENTIMENTS, THEMES
from kalevi.text.weights_file import Weights
from training.corpora import Comment
from training.general import quantised
from training.projection import folded
from training.sparse import counts, inverse_frequency, weighted

BUCKETS = (2**16, 2**15, 2**15)
OUTPUTS = (*HOT_KINDS, *SENTIMENTS, *FEELINGS, *THEMES, "suggestion", "comment")


@dataclass(frozen=True, slots=True)
class Ground:
    """What features stand on: each language's squared inverse frequencies, and the Finnish projection."""

    squares: tuple[np.ndarray, ...]
    fold: np.ndarray


@dataclass(frozen=True, slots=True)
class Inputs:
    """What comments' outputs are learnt from: cues and general log odds, runs of characters, meanings."""

    dense: np.ndarray
    language: np.ndarray
    words: sparse.csr_matrix
    meanings: np.ndarray


def ground(texts: Sequence[str], languages: Sequence[str], meant: np.ndarray | None) -> Ground:
    """The ground of all texts at hand, labelled or not. `meant` are the directions of the Finnish ones."""
    squares = []
    fold = np.zeros((BUCKETS[0], 0), dtype=np.float32)
    for number, language in enumerate(LANGUAGES):
        chosen = [text for text, other in zip(texts, languages, strict=True) if other == language]
        matrix = counts(chosen, BUCKETS[number])
        squares.append(np.minimum(np.rint(inverse_frequency(matrix) ** 2), 127))
        if number == 0 and meant is not None:
            fold = folded(weighted(matrix, np.sqrt(squares[0])), meant)
    return Ground(tuple(squares), fold)


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


def inputs(texts: Sequence[str], languages: Sequence[str], weights: Weights, base: Ground) -> Inputs:
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
    parts = []
    for number in range(3):
        matrix = weighted(counts(list(texts), BUCKETS[number]), np.sqrt(base.squares[number]))
        parts.append(sparse.diags((numbers == number).astype(np.float32)) @ matrix)
    return Inputs(np.concatenate(rows)[order], numbers, sparse.hstack(parts).tocsr(), parts[0] @ base.fold)


@dataclass(frozen=True, slots=True)
class Mix:
    """How much the parts count beside one another, and how strongly weights are held back."""

    cues: float = 0.5
    words: float = 3.0
    languages: float = 1.0
    meanings: float = 0.2
    strength: float = 0.3


def design(found: Inputs, mix: Mix) -> sparse.csr_matrix:
    """One sparse matrix: cue part, language part, words part, meanings part."""
    one_hot = np.eye(3)[found.language]
    return sparse.hstack(
        [
            sparse.csr_matrix(found.dense * mix.cues),
            sparse.csr_matrix(one_hot * mix.languages),
            found.words * mix.words,
            sparse.csr_matrix(found.meanings * mix.meanings),
        ]
    ).tocsr()


def tables(
    coefficients: np.ndarray, bias: np.ndarray, found: Inputs, mix: Mix, base: Ground
) -> tuple[list[np.ndarray], dict[str, Any]]:
    """The shipped tables of the three languages and the settings, from (outputs, columns) coefficients."""
    width = found.dense.shape[1]
    cue = np.rint(coefficients[:, :width].T * mix.cues * CUE_STEP)
    tables, steps, biases = [], {}, {}
    start = width + 3
    meant = coefficients[:, start + sum(BUCKETS) :].T * mix.meanings
    for number, name in enumerate(LANGUAGES):
        idf = np.sqrt(base.squares[number])
        told = coefficients[:, start : start + BUCKETS[number]].T * mix.words
        start += BUCKETS[number]
        if number == 0:
            told = told + base.fold @ meant
        rows, step = quantised(told * idf[:, None])
        tables.append(np.concatenate([rows, base.squares[number][:, None].astype(np.int8)], axis=1))
        steps[name] = [float(f"{s:.8g}") for s in step]
        biases[name] = [round(float(b), 6) for b in bias + coefficients[:, width + number] * mix.languages]
    return tables, {
        "outputs": list(OUTPUTS),
        "weights": cue.astype(int).tolist(),
        "step": steps,
        "bias": biases,
    }
