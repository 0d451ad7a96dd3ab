"""The middle of some numbers, with its interval."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb
from statistics import median


@dataclass(frozen=True, slots=True)
class Middle:
    """The median of `n` numbers and its 95% interval, in the numbers' own unit; all 0 where n is 0."""

    value: float
    low: float
    high: float
    n: int


def middle_of(numbers: Iterable[float]) -> Middle:
    """Return the median with its interval between two of the numbers, for independent observations.

    The interval asks for no shape of the distribution: it lies between the kth smallest and the kth largest,
    with the largest k for which a fair coin gives fewer than k heads in n throws in at most 2.5% of cases
    (W. R. Thompson, Annals of Mathematical Statistics 7, 1936, p. 122). With fewer than six numbers no two
    of them are far enough apart, and it goes from the smallest to the largest.
    """
    ordered = sorted(numbers)
    n = len(ordered)
    if not n:
        return Middle(0.0, 0.0, 0.0, 0)
    k = below = 0
    while below + comb(n, k) <= 0.025 * 2**n:
        below += comb(n, k)
        k += 1
    place = max(k, 1) - 1
    return Middle(float(median(ordered)), float(ordered[place]), float(ordered[n - 1 - place]), n)
