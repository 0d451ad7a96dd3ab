"""Hears feelings together, and polarities with them: one says much about another.

Readers of the corpus tick one feeling or two, and some seldom both; a line judged to be negative is seldom
glad. What each output's own model says of lines it has not seen is learnt from once more, all at a time
(stacked generalization, Wolpert, Neural Networks 1992): feelings by ridge regression, polarities by softmax.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from kalevi.text.deciding import around, beside
from kalevi.text.vocabulary import FEELINGS
from training.corpora import POLARITIES, Line

RIDGE = 10.0
# What a line of a rare polarity counts, as a power of how much rarer it is than a neutral one: chosen out of
# fold by macro F1, which counts each polarity alike.
RARER, STRENGTH = 0.5, 0.1


def labelled(lines: Sequence[Line]) -> np.ndarray:
    """The places of the lines whose feelings were ticked by readers in their own language."""
    return np.array([k for k, line in enumerate(lines) if line.corpus == "xed" and line.feelings is not None])


def ticked(lines: Sequence[Line]) -> np.ndarray:
    """(lines, feelings): 1 where ticked."""
    return np.array([[float(f in (line.feelings or ())) for f in FEELINGS] for line in lines])


def judged(lines: Sequence[Line]) -> np.ndarray:
    """The places of the lines that were judged for polarity as such."""
    return np.array([k for k, line in enumerate(lines) if line.corpus == "finnsentiment"])


def polarities(lines: Sequence[Line]) -> np.ndarray:
    """The number of each line's polarity."""
    return np.array([POLARITIES.index(line.polarity or "") for line in lines])


def learnt(odds: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(inputs, feelings) of weights for what `beside` gives, from (lines, feelings) of log odds and ticks."""
    inputs = beside(odds)
    middle, spread = inputs[:, :-1].mean(axis=0), inputs[:, :-1].std(axis=0)
    even = (inputs[:, :-1] - middle) / spread
    held = even.T @ even + RIDGE * np.eye(even.shape[1])
    weights = np.linalg.solve(held, even.T @ (truth - truth.mean(axis=0))) / spread[:, None]
    return np.concatenate([weights, (truth.mean(axis=0) - middle @ weights)[None]]).round(6)


def learnt_polarity(odds: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(inputs, polarities) of weights for what `around` gives, from (lines, outputs) of log odds."""
    inputs = around(odds)[:, :-1]
    middle, spread = inputs.mean(axis=0), inputs.std(axis=0)
    seen = np.bincount(truth, minlength=len(POLARITIES))
    counts = (seen.max() / seen) ** RARER
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-6)
    model.fit((inputs - middle) / spread, truth, sample_weight=counts[truth])
    weights = model.coef_.T / spread[:, None]
    return np.concatenate([weights, (model.intercept_ - middle @ weights)[None]]).round(6)
