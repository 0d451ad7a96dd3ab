"""Hears the eight feelings of a text together: readers of the corpus tick one or two, and some seldom both.

What each feeling's own model says of lines it has not seen is learnt from once more, all eight at a time
(stacked generalization, Wolpert, Neural Networks 1992, by ridge regression).
"""

from collections.abc import Sequence

import numpy as np

from kalevi.text.deciding import beside
from kalevi.text.vocabulary import FEELINGS
from training.corpora import Line

RIDGE = 10.0


def labelled(lines: Sequence[Line]) -> np.ndarray:
    """The places of the lines whose feelings were ticked by readers in their own language."""
    return np.array([k for k, line in enumerate(lines) if line.corpus == "xed" and line.feelings is not None])


def ticked(lines: Sequence[Line]) -> np.ndarray:
    """(lines, feelings): 1 where ticked."""
    return np.array([[float(f in (line.feelings or ())) for f in FEELINGS] for line in lines])


def learnt(odds: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """(inputs, feelings) of weights for what `beside` gives, from (lines, feelings) of log odds and ticks."""
    inputs = beside(odds)
    middle, spread = inputs[:, :-1].mean(axis=0), inputs[:, :-1].std(axis=0)
    even = (inputs[:, :-1] - middle) / spread
    held = even.T @ even + RIDGE * np.eye(even.shape[1])
    weights = np.linalg.solve(held, even.T @ (truth - truth.mean(axis=0))) / spread[:, None]
    return np.concatenate([weights, (truth.mean(axis=0) - middle @ weights)[None]]).round(6)
