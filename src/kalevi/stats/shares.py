"""A share of a count, with its interval."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


def wilson_interval(hits: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of a share, as two numbers 0–1 (E. B. Wilson, JASA 22, 1927, p. 209).

    `hits` of `n` independent observations; with n = 0 nothing is known: (0, 1).
    Raises ValueError unless 0 ≤ hits ≤ n and 0 < confidence < 1.
    """
    if not 0 <= hits <= n or not 0 < confidence < 1:
        raise ValueError("a share needs 0 <= hits <= n and a confidence between 0 and 1")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, weight = hits / n, z * z / n
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / n + weight / (4 * n)) / (1 + weight)
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == n else min(1.0, middle + half)
    return low, high


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `n`."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        """The share itself, 0–1; 0 where n is 0."""
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95% Wilson interval, 0–1."""
        return wilson_interval(self.hits, self.n)
