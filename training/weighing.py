"""Weighs a problem by the mood and length of what tells it: among many kind words a difficulty seldom is one.

Learnt from the log odds of comments that the judging weights had not seen, and from the long reviews in
`letters/`, which nothing else learns from.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from kalevi.text import Reader
from kalevi.text.cues import LANGUAGES
from kalevi.text.deciding import what_weighs
from kalevi.text.tokens import tokenise
from training.corpora import Comment

# A review counts half as much as a comment: with more, problems told in one-star reviews are missed.
REVIEW_WEIGHT = 0.5


def heard(comments: Sequence[Comment], folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """The log odds and lengths of comments, by the weights in `folder`."""
    reader = Reader(weights=folder)
    odds = np.zeros((len(comments), len(reader.judge.thresholds)))
    words = np.zeros(len(comments))
    for number, language in enumerate(LANGUAGES):
        some = [place for place, comment in enumerate(comments) if comment.language == language]
        tokens = tokenise([comments[place].text for place in some])
        odds[some] = reader.scorer(number).score(tokens).domain
        words[some] = np.diff(tokens.sentence_words[tokens.text_sentences])
    return odds, words


def learnt(
    parts: Sequence[tuple[np.ndarray, np.ndarray]], truth: np.ndarray, weight: np.ndarray
) -> tuple[float, np.ndarray]:
    """Start and coefficients of the honest log odds of a problem, from (odds, words) of several sets."""
    inputs = np.concatenate([what_weighs(odds, words) for odds, words in parts])
    middle, spread = inputs.mean(axis=0), inputs.std(axis=0)
    model = LogisticRegression(C=1.0, max_iter=3000)
    model.fit((inputs - middle) / spread, truth, sample_weight=weight)
    coefficients = model.coef_[0] / spread
    return float(model.intercept_[0] - (coefficients * middle).sum()), coefficients


def settings(start: float, coefficients: np.ndarray, slope: float, shift: float) -> dict[str, Any]:
    """What the reader needs, on the scale of raw log odds that `slope` and `shift` make honest."""
    return {
        "start": round((start - shift) / slope, 6),
        "by": [round(float(number) / slope, 6) for number in coefficients],
    }
