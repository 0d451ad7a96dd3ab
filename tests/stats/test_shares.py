"""Shares and their intervals against published and limiting values."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalevi.stats import Share, wilson_interval


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_examples_of_newcombe_1998(hits: Any, n: Any, low: Any, high: Any) -> None:
    assert tuple(round(edge, 4) for edge in wilson_interval(hits, n)) == (low, high)


def test_nothing_known() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert Share(0, 0).value == 0.0


@pytest.mark.parametrize(("hits", "n"), [(-1, 3), (4, 3)])
def test_impossible_counts(hits: Any, n: Any) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson_interval(hits, n)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_share_lies_in_its_interval(counts: Any) -> None:
    share = Share(*counts)
    low, high = share.interval
    assert 0.0 <= low <= share.value <= high <= 1.0
