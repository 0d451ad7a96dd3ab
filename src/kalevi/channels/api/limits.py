"""How often somebody may ask: buckets in memory that fill again, one for each token and each address.

They cost no write; each process of the web server counts for itself.
"""

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

MOST_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Limit:
    """`burst` at once, and `rate` more each second."""

    burst: float
    rate: float


PER_TOKEN = Limit(600, 20)
PER_ADDRESS = Limit(1_200, 40)
# Guessing tokens: whoever shows wrong ones waits long.
WRONG_TOKENS = Limit(20, 0.2)


class Buckets:
    """How much is left for whom."""

    def __init__(self) -> None:
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, kind: str, who: str, limit: Limit, *, cost: float = 1) -> float:
        """Take from a bucket; return 0, or after how many seconds there is enough again."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.pop((kind, who), (limit.burst, now))
            left = min(limit.burst, left + (now - at) * limit.rate)
            wait = 0.0 if left >= cost else (cost - left) / limit.rate
            self._left[kind, who] = (left if wait else left - cost, now)
            if len(self._left) > MOST_KEPT:
                self._left.popitem(last=False)
            return wait

    def empty(self, kind: str, who: str, limit: Limit) -> float:
        """Return 0 while anything is left, or after how many seconds there is; takes nothing."""
        return self.take(kind, who, limit, cost=1) if self.left(kind, who, limit) < 1 else 0.0

    def left(self, kind: str, who: str, limit: Limit) -> float:
        """Return how much is left."""
        now = time.monotonic()
        with self._lock:
            left, at = self._left.get((kind, who), (limit.burst, now))
            return min(limit.burst, left + (now - at) * limit.rate)

    def clear(self) -> None:
        """Forget everybody; for tests."""
        with self._lock:
            self._left.clear()


buckets = Buckets()
