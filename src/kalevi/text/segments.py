"""Adds up rows of a table for many ranges at once: the words of sentences, the characters of words."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

FEW = 32  # for fewer ranges than this a step for all of them costs more than going through each
CHUNK = 16_384
MANY = 100_000  # rows whose sum may leave 32 bits


class Segments:
    """Ranges of places: `starts[i]` up to `starts[i] + lengths[i]`, which may be empty."""

    def __init__(self, starts: Ints, lengths: Ints) -> None:
        self.count = len(lengths)
        self._order = np.argsort(-lengths, kind="stable")
        self._starts, self._lengths = starts[self._order], lengths[self._order]
        longest = int(self._lengths[0]) if self.count else 0
        self._type = np.int32 if longest < MANY else np.int64
        left = np.searchsorted(-self._lengths, -np.arange(min(longest, CHUNK)), side="left")
        steps = left[left >= FEW].tolist()
        self._steps = [self._starts[:count] + place for place, count in enumerate(steps)]
        self._rest = int(np.searchsorted(-self._lengths, -len(steps), side="left"))

    def sums(self, table: NDArray[Any], rows: Ints, skip: int = 0) -> NDArray[Any]:
        """The sum of `table[rows[place]]` over the places of each range, but for its first `skip` ones.

        `table` holds whole numbers of at most 16 bits.
        """
        found = np.zeros((self.count, table.shape[1]), dtype=self._type)
        for places in self._steps[skip:]:
            found[: len(places)] += table.take(rows.take(places), axis=0)
        self._add_rest(found, table, rows, max(skip, len(self._steps)))
        ordered = np.empty_like(found)
        ordered[self._order] = found
        return ordered

    def _add_rest(self, found: NDArray[Any], table: NDArray[Any], rows: Ints, taken: int) -> None:
        """What the few longest ranges hold after their first `taken` places."""
        lengths = self._lengths[: self._rest] - taken
        lengths = lengths[lengths > 0]
        starts = self._starts[: len(lengths)] + taken
        bounds = np.cumsum(lengths) - lengths
        total = int(lengths.sum())
        if total <= CHUNK:
            if total:
                places = np.arange(total) + np.repeat(starts - bounds, lengths)
                added = table.take(rows.take(places), axis=0)
                found[: len(lengths)] += np.add.reduceat(added, bounds, axis=0, dtype=self._type)
            return
        for number, (start, length) in enumerate(zip(starts.tolist(), lengths.tolist(), strict=True)):
            for place in range(start, start + length, CHUNK):
                part = rows[place : min(place + CHUNK, start + length)]
                found[number] += table.take(part, axis=0).sum(axis=0, dtype=self._type)
