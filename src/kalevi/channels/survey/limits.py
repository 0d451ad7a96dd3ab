"""How much may come from one address and to one survey: what is over is refused for a moment, never lost."""

from collections import OrderedDict
from threading import Lock


class Buckets:
    """One bucket a key: `burst` at once, then `a_second`. Those longest untouched are forgotten first."""

    def __init__(self, *, burst: float, a_second: float, most: int = 10_000) -> None:
        self.burst, self.a_second, self.most = burst, a_second, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, now: float) -> float:
        """Take one; return 0, or in how many seconds there will be one. `now` is a steady clock's."""
        with self._lock:
            left, at = self._left.pop(key, (self.burst, now))
            left = min(self.burst, left + (now - at) * self.a_second)
            wait = 0.0 if left >= 1 else (1 - left) / self.a_second
            self._left[key] = (left if wait else left - 1, now)
            if len(self._left) > self.most:
                self._left.popitem(last=False)
        return wait

    def clear(self) -> None:
        """Forget everything."""
        self._left.clear()


# A family or a shop behind one address answers at once; a kiosk sends what it kept while it was offline.
BY_ADDRESS = Buckets(burst=60, a_second=2)
# A mailing of ten thousand letters brings its answers in bursts.
BY_SURVEY = Buckets(burst=1_000, a_second=100)


def wait_for(address: str, survey: str, now: float) -> float:
    """Return in how many seconds an answer may come; 0 for now."""
    return BY_ADDRESS.take(address, now) or BY_SURVEY.take(survey, now)
