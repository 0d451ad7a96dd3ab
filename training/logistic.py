"""Logistic regressions of many outputs at once, the same to the byte on every run.

Two ways to the same weights: over the columns (`fit`), and over the rows with the inner products of all of
them known (`Rows`): quicker where there are far fewer rows than columns and many outputs.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

BLOCK = 2048
OFTEN = 400
MEMORY = 6


def fit(
    matrix: sparse.csr_matrix, truth: np.ndarray, weight: np.ndarray, strength: float, steps: int = 60
) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients (columns, outputs) and biases of ridge logistic regressions.

    `truth` and `weight` are (rows, outputs); a weight of 0 leaves a row out for that output.
    Each output minimises strength · Σ weight · log loss + |coefficients|² / 2; the bias is free.
    """
    columns = matrix.shape[1]
    outputs = truth.shape[1]
    sign = np.where(truth, 1.0, -1.0)
    turned = matrix.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        both = flat.reshape(columns + 1, outputs)
        odds = (matrix @ both[:-1] + both[-1]) * sign
        error = np.logaddexp(0, -odds)
        pull = -sign * weight * strength / (1 + np.exp(np.clip(odds, -500, 500)))
        slope = np.concatenate([turned @ pull + both[:-1], pull.sum(axis=0, keepdims=True)])
        return float((weight * error).sum() * strength + (both[:-1] ** 2).sum() / 2), slope.ravel()

    start = np.zeros((columns + 1) * outputs)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": MEMORY}).x
    both = found.reshape(columns + 1, outputs)
    return both[:-1], both[-1]


def products(matrix: sparse.csr_matrix) -> np.ndarray:
    """(rows, rows) inner products in single precision: frequent columns densely, the others sparsely."""
    seen = np.bincount(matrix.indices, minlength=matrix.shape[1])
    often = np.flatnonzero(seen > OFTEN)
    found = np.zeros((matrix.shape[0], matrix.shape[0]), dtype=np.float32)
    by_column = matrix.tocsc()
    for start in range(0, len(often), BLOCK):
        some = by_column[:, often[start : start + BLOCK]].toarray().astype(np.float32)
        found += some @ some.T
    rest = by_column[:, np.flatnonzero(seen <= OFTEN)].tocsr().astype(np.float32)
    turned = rest.T.tocsr()
    for start in range(0, matrix.shape[0], BLOCK):
        found[start : start + BLOCK] += (rest[start : start + BLOCK] @ turned).toarray()
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A point or direction: what the rows weigh in it, the inner products with all rows, the biases."""

    rows: np.ndarray
    told: np.ndarray
    bias: np.ndarray

    def plus(self, other: "_Place", share: float) -> "_Place":
        share32 = np.float32(share)
        return _Place(
            self.rows + share32 * other.rows, self.told + share32 * other.told, self.bias + share * other.bias
        )

    def times(self, other: "_Place") -> float:
        """Their inner product, as between the coefficients and biases that they stand for."""
        together = np.einsum("ij,ij->", self.rows, other.told, dtype=np.float64)
        return float(together + (self.bias * other.bias).sum())


class Rows:
    """The rows of a matrix and their inner products, to be learnt from many times."""

    def __init__(self, matrix: sparse.csr_matrix) -> None:
        self.matrix = matrix
        self._products = products(matrix)

    def fit(
        self, kept: np.ndarray, truth: np.ndarray, weight: np.ndarray, strength: float, steps: int = 60
    ) -> tuple[np.ndarray, np.ndarray]:
        """As `fit`, on the rows in `kept` (a mask), of which alone `truth` and `weight` tell.

        By L-BFGS (Liu & Nocedal 1989) in single precision.
        """
        places = np.flatnonzero(kept)
        known = np.ascontiguousarray(self._products[np.ix_(places, places)])
        sign = np.where(truth, 1.0, -1.0).astype(np.float32)
        heavy = (weight * strength).astype(np.float32)

        def look(at: _Place) -> tuple[float, _Place]:
            odds = (at.told + at.bias.astype(np.float32)) * sign
            error = float((heavy * np.logaddexp(0, -odds)).sum(dtype=np.float64))
            pull = -sign * heavy / (1 + np.exp(np.clip(odds, -80, 80)))
            rows = pull + at.rows
            size = np.einsum("ij,ij->", at.rows, at.told, dtype=np.float64)
            return error + float(size) / 2, _Place(rows, known @ rows, pull.sum(axis=0, dtype=np.float64))

        zero = np.zeros(truth.shape, dtype=np.float32)
        here = _Place(zero, zero, np.zeros(truth.shape[1]))
        value, slope = look(here)
        past: deque[tuple[_Place, _Place, float]] = deque(maxlen=MEMORY)
        for _ in range(steps):
            way = _way(slope, past)
            steep = way.times(slope)
            step = 1.0 if past else min(1.0, 1.0 / max(slope.times(slope) ** 0.5, 1e-12))
            for _ in range(20):
                there = here.plus(way, step)
                new, turned = look(there)
                if new <= value + 1e-4 * step * steep:
                    break
                step /= 2
            else:
                break
            moved, changed = there.plus(here, -1.0), turned.plus(slope, -1.0)
            along = moved.times(changed)
            if along > 0:
                past.append((moved, changed, along))
            here, value, slope = there, new, turned
        coefficients = self.matrix[places].T.tocsr() @ here.rows.astype(np.float64)
        return np.asarray(coefficients), here.bias


def _way(slope: _Place, past: deque[tuple[_Place, _Place, float]]) -> _Place:
    """Downhill from a slope, bent by what the last steps taught of its curvature."""
    way = _Place(-slope.rows, -slope.told, -slope.bias)
    shares = []
    for moved, changed, along in reversed(past):
        share = moved.times(way) / along
        shares.append(share)
        way = way.plus(changed, -share)
    if past:
        _, changed, along = past[-1]
        scale = along / changed.times(changed)
        way = _Place(way.rows * np.float32(scale), way.told * np.float32(scale), way.bias * scale)
    for (moved, changed, along), share in zip(past, reversed(shares), strict=True):
        way = way.plus(moved, share - changed.times(way) / along)
    return way
