"""The middle of some numbers, against a count of every way that coins can fall."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kalevi.stats import Middle, middle_of


def test_few_numbers_reach_from_the_smallest_to_the_largest() -> None:
    assert middle_of([]) == Middle(0.0, 0.0, 0.0, 0)
    assert middle_of([5, 1, 9]) == Middle(5.0, 1.0, 9.0, 3)


@settings(max_examples=8, deadline=None)
@given(st.integers(6, 12))
def test_the_interval_is_the_narrowest_that_holds_in_95_of_100(n: int) -> None:
    found = middle_of(range(1, n + 1))
    heads = [sum(throw) for throw in product((0, 1), repeat=n)]
    missed = [sum(count < k for count in heads) / 2**n for k in range(n // 2 + 1)]
    k = max(k for k, share in enumerate(missed) if share <= 0.025)
    assert (found.low, found.high, found.n) == (float(k), float(n + 1 - k), n)
