"""Numbers every word met so far, for all that remember something of words."""

from collections.abc import Sequence
from copy import copy
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.ngrams import Hashes, character_hashes
from kalevi.text.segments import Ints, Segments

MOST_WORDS = 50_000
AT_ONCE = 4000


def grown(space: NDArray[Any], count: int, rows: NDArray[Any]) -> NDArray[Any]:
    """`space` with `rows` put in at `count`; twice as large where they did not fit."""
    needed = count + len(rows)
    if needed > len(space):
        larger = np.zeros((max(needed, 2 * len(space)), *space.shape[1:]), dtype=space.dtype)
        larger[:count] = space[:count]
        space = larger
    space[count:needed] = rows
    return space


class _Numbers(dict[str, bytes]):
    """Word -> the four bytes of its number; a word not met before gets the next number."""

    def __missing__(self, word: str) -> bytes:
        number = self[word] = len(self).to_bytes(4, "little")
        return number


class Runs:
    """The hashes of every run of characters in some words."""

    def __init__(self, words: Sequence[str]) -> None:
        self._hashes, owners = character_hashes(words)
        bounds = np.searchsorted(owners, np.arange(len(words) + 1))
        self._starts, self._lengths = bounds[:-1], np.diff(bounds)

    def of(self, places: Ints) -> "Runs":
        """The same for the words at some places alone."""
        chosen = copy(self)
        chosen._starts, chosen._lengths = self._starts[places], self._lengths[places]
        return chosen

    def sums(self, table: NDArray[np.int8]) -> NDArray[np.integer[Any]]:
        """What the runs of each word add up to in `table`."""
        return Segments(self._starts, self._lengths).sums(table, buckets(self._hashes, table))


def buckets(hashes: Hashes, table: NDArray[np.int8]) -> Ints:
    """The row of each hash in a table whose length is a power of two."""
    return (hashes & np.uint64(len(table) - 1)).astype(np.int64)


class WordNumbers:
    """The number of every word met.

    `turn` rises when all are forgotten, which happens between two batches once there are MOST_WORDS.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.turn = 0
        self._numbers = _Numbers()
        self._runs, self._hashed = Runs([]), (0, 0)

    def of(self, words: Sequence[str]) -> Ints:
        """The numbers of words; new ones get the next."""
        if len(self.words) > MOST_WORDS:
            self.words, self._numbers, self._hashed = [], _Numbers(), (0, 0)
            self.turn += 1
        # the fastest way from many words to an array: half the time of a list of numbers
        found = (
            itemgetter(*words)(self._numbers) if len(words) > 1 else [self._numbers[word] for word in words]
        )
        numbers = np.frombuffer(b"".join(found), dtype="<i4").astype(np.int64)
        missing = len(self._numbers) - len(self.words)
        if missing:
            newest = reversed(self._numbers)
            self.words += [next(newest) for _ in range(missing)][::-1]
        return numbers

    def runs(self, numbers: Ints) -> Runs:
        """The hashed runs of words by their numbers, which rise. Those hashed last are kept for the next."""
        first, last = self._hashed
        if first <= numbers[0] and numbers[-1] < last:
            return self._runs.of(numbers - first)
        runs = Runs([self.words[number] for number in numbers.tolist()])
        if numbers[-1] - numbers[0] == len(numbers) - 1:
            self._runs, self._hashed = runs, (int(numbers[0]), int(numbers[-1]) + 1)
        return runs
