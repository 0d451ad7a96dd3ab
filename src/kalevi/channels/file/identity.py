"""By what a row is known again: its source id, else all its cells and how many like it came before."""

from array import array
from functools import lru_cache

from kalevi.interactions.intake import digest

_SMALLEST = 1 << 12


class Occurrences:
    """Counts how often each digest came, in 16 bytes or so each: a million fit where a dict would not.

    First occurrences are kept as 64 bits in an open table; only digests that come again are counted.
    """

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * _SMALLEST))
        self._mask, self._used = _SMALLEST - 1, 0
        self._again: dict[int, int] = {}

    def count(self, digest: bytes) -> int:
        """Return how many times this digest came before, and note it."""
        key = int.from_bytes(digest[:8], "little") or 1
        table, mask = self._table, self._mask
        place = key & mask
        while present := table[place]:
            if present == key:
                before = self._again.get(key, 1)
                self._again[key] = before + 1
                return before
            place = (place + 1) & mask
        table[place] = key
        self._used += 1
        if self._used * 2 > mask:
            self._grow()
        return 0

    def _grow(self) -> None:
        old = self._table
        size = len(old) * 2
        table, mask = array("Q", bytes(8 * size)), size - 1
        for key in old:
            if key:
                place = key & mask
                while table[place]:
                    place = (place + 1) & mask
                table[place] = key
        self._table, self._mask = table, mask


def by_source_id(source_id: str) -> bytes:
    """Return the identity of a row that its source numbers.

    Ids that differ in their last characters only, as numbers that follow each other do, begin alike: they lie
    together in the index, of which a batch then touches a few pages and not one for every row.
    """
    own = source_id.encode("utf-8", "surrogatepass")
    return _ids_like(own[:-3]) + digest(b"id", own)[:12]


@lru_cache(1_000)
def _ids_like(beginning: bytes) -> bytes:
    return digest(b"ids like", beginning)[:4]


def by_cells(content: bytes, before: int) -> bytes:
    """Return the identity of the row with these cells that came after `before` others like it."""
    return digest(b"cells", content, before.to_bytes(8, "big"))
