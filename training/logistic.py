"""Logistic regressions of many outputs at once, the same to the byte on every run."""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize


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
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6}).x
    both = found.reshape(columns + 1, outputs)
    return both[:-1], both[-1]
