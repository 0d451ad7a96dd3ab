"""Sums of ranges are those that a plain loop gives."""

from itertools import pairwise

import numpy as np
import pytest

from kalevi.text import segments


@pytest.mark.parametrize("few", [1, 32])
@pytest.mark.parametrize("chunk", [5, 16_384])
@pytest.mark.parametrize("longest", [1, 9, 70])
def test_sums(monkeypatch: pytest.MonkeyPatch, few: int, chunk: int, longest: int) -> None:
    monkeypatch.setattr(segments, "FEW", few)
    monkeypatch.setattr(segments, "CHUNK", chunk)
    chance = np.random.default_rng(longest)
    for count in (0, 1, 40, 300):
        lengths = chance.integers(0, longest + 1, count)
        bounds = np.append(0, np.cumsum(lengths))
        table = chance.integers(-100, 100, (50, 7)).astype(np.int8)
        rows = chance.integers(0, 50, bounds[-1])
        for skip in (0, 1):
            expected = [
                table[rows[first + skip : last]].sum(axis=0, dtype=np.int64).tolist()
                for first, last in pairwise(bounds)
            ]
            found = segments.Segments(bounds[:-1], lengths).sums(table, rows, skip)
            assert found.tolist() == expected
