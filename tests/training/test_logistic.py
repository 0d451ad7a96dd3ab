"""Learning over the rows finds the weights that learning over the columns finds."""

import numpy as np
import pytest
from scipy import sparse

from training import logistic


def problem() -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(3)
    matrix = sparse.random(60, 300, density=0.1, format="csr", random_state=3)
    truth = chance.random((60, 3)) < 0.4
    return matrix, truth, np.where(chance.random((60, 3)) < 0.2, 0.0, 1.0)


def test_rows_teach_the_same_weights_as_columns() -> None:
    matrix, truth, weight = problem()
    kept = np.arange(60) % 4 > 0
    by_columns, bias = logistic.fit(matrix[kept], truth[kept], weight[kept], 2.0, steps=200)
    by_rows, row_bias = logistic.Rows(matrix).fit(kept, truth[kept], weight[kept], 2.0, steps=200)
    assert by_rows == pytest.approx(by_columns, abs=2e-3)
    assert row_bias == pytest.approx(bias, abs=2e-3)


def test_the_same_rows_give_the_same_bytes() -> None:
    matrix, truth, weight = problem()
    everything = np.ones(60, dtype=bool)
    first, _ = logistic.Rows(matrix).fit(everything, truth, weight, 2.0)
    again, _ = logistic.Rows(matrix).fit(everything, truth, weight, 2.0)
    assert first.tobytes() == again.tobytes()


def test_frequent_columns_are_multiplied_as_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix, _, _ = problem()
    plain = (matrix @ matrix.T).toarray()
    monkeypatch.setattr(logistic, "OFTEN", 6)
    monkeypatch.setattr(logistic, "BLOCK", 7)
    assert logistic.products(matrix) == pytest.approx(plain, abs=1e-5)
