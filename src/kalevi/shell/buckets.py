"""How often somebody may ask: buckets in memory that fill again, one for each of many.

They cost no write; each process of the web server counts for itself.
"""

from collections import OrderedDict
from threading import Lock


class Buckets:
    """One bucket a key: `burst` at once, then `a_second`. Those longest untouched are forgotten first.

    `now` is a steady clock's, in seconds.
    """

    def __init__(self, *, burst: float, a_second: float, most: int = 10_000) -> None:
        self.burst, self.a_second, self.most = burst, a_second, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, now: float) -> float:
        """Take one; return 0, or in how many seconds there will be one."""
        with self._lock:
            left = self._filled(key, now)
            wait = self._wait(left)
            self._left[key] = (left if wait else left - 1, now)
            self._left.move_to_end(key)
            if len(self._left) > self.most:
                self._left.popitem(last=False)
        return wait

    def wait_for(self, key: str, now: float) -> float:
        """Return 0 while there is one, or in how many seconds there will be; takes nothing."""
        with self._lock:
            return self._wait(self._filled(key, now))

    def clear(self) -> None:
        """Forget everybody; for tests."""
        with self._lock:
            self._left.clear()

    def _filled(self, key: str, now: float) -> float:
        left, at = self._left.get(key, (self.burst, now))
        return min(self.burst, left + (now - at) * self.a_second)

    def _wait(self, left: float) -> float:
        return 0.0 if left >= 1 else (1 - left) / self.a_second
