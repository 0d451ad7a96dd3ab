"""Numbers every word met so far, for all that remember something of words."""

import os
from collections.abc import Sequence
from copy import copy
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.ngrams import Hashes, character_hashes
from kalevi.text.segments import Ints, Segments
from kalevi.text.signs import Points
from kalevi.text.tokens import LONGEST_WORD, Tokens

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


FEWEST_SLOTS = 8192
BLOCK = 2**16
_MIX, _FINISH = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


def each_once(numbers: Ints) -> Ints:
    """The numbers in rising order, each once. `np.unique` does that too, but first loads masked arrays."""
    ordered = np.sort(numbers)
    once: Ints = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return once


class _Secret:
    """Hashes words so that nobody can foresee which two share a hash; differs in every process."""

    def __init__(self) -> None:
        random = os.urandom(16)
        self._mask = np.uint64(int.from_bytes(random[:8], "little"))
        self._base = int.from_bytes(random[8:], "little") | 5
        self._powers = self._inverses = np.ones(1, dtype=np.uint64)

    def hashes(self, tokens: Tokens) -> Hashes:
        """The hash of the first LONGEST_WORD characters of each word; never 0."""
        starts = tokens.word_starts
        ends = np.minimum(tokens.word_ends, starts + LONGEST_WORD)
        found = np.empty(len(starts), dtype=np.uint64)
        parts = np.searchsorted(starts, np.arange(0, len(tokens.points) + BLOCK, BLOCK)).tolist()
        for first, last in pairwise(parts):
            if first < last:
                begin = int(starts[first])
                points = tokens.points[begin : int(ends[first:last].max())]
                found[first:last] = self._of(points, starts[first:last] - begin, ends[first:last] - begin)
        return found

    def _of(self, points: Points, starts: Ints, ends: Ints) -> Hashes:
        if len(points) > len(self._powers):
            self._powers = _powers(self._base, len(points) + BLOCK)
            self._inverses = _powers(pow(self._base, -1, 2**64), len(points) + BLOCK)
        mixed = (points ^ self._mask) * _MIX
        mixed ^= mixed >> np.uint64(32)
        mixed *= self._powers[: len(points)]
        summed = np.zeros(len(points) + 1, dtype=np.uint64)
        np.cumsum(mixed, out=summed[1:])
        found = (summed.take(ends) - summed.take(starts)) * self._inverses.take(starts)
        found = (found ^ (found >> np.uint64(32))) * _FINISH
        found[found == 0] = 1
        return found


def _powers(base: int, count: int) -> Hashes:
    """1, base, base², …, each modulo 2⁶⁴."""
    powers = np.full(count, base, dtype=np.uint64)
    powers[:1] = 1
    return np.cumprod(powers)


_secret = _Secret()


class _Slots:
    """Finds the numbers of many hashes at once, in a table at least four times as long as needed."""

    def __init__(self) -> None:
        self.count = 0
        self._hashes = np.zeros(FEWEST_SLOTS, dtype=np.uint64)
        self._numbers = np.full(FEWEST_SLOTS, -1, dtype=np.int64)

    def _first(self, hashes: Hashes) -> Ints:
        return (hashes >> np.uint64(65 - len(self._hashes).bit_length())).astype(np.int64)

    def numbers(self, hashes: Hashes) -> Ints:
        """The number of each hash; -1 for those not added."""
        slots = self._first(hashes)
        held = self._hashes.take(slots)
        numbers: Ints = self._numbers.take(slots)
        left = np.flatnonzero(held != hashes)
        while len(left):
            left = left[self._hashes.take(slots[left]) != 0]
            slots[left] = (slots[left] + 1) & (len(self._hashes) - 1)
            numbers[left] = self._numbers.take(slots[left])
            left = left[self._hashes.take(slots[left]) != hashes[left]]
        return numbers

    def add(self, hashes: Hashes) -> None:
        """Give hashes that differ from one another and from all before the next numbers."""
        held = np.flatnonzero(self._hashes)
        numbers = np.arange(self.count, self.count + len(hashes))
        self.count += len(hashes)
        if 4 * self.count > len(self._hashes):
            hashes = np.append(self._hashes[held], hashes)
            numbers = np.append(self._numbers[held], numbers)
            size = len(self._hashes)
            while 4 * self.count > size:
                size *= 4
            self._hashes, self._numbers = np.zeros(size, dtype=np.uint64), np.full(size, -1, dtype=np.int64)
        slots = self._first(hashes)
        left = np.arange(len(hashes))
        while len(left):
            free = left[self._hashes.take(slots[left]) == 0]
            self._hashes[slots[free]] = hashes[free]  # where two want one slot, the last gets it
            placed = self._hashes.take(slots[left]) == hashes[left]
            self._numbers[slots[left[placed]]] = numbers[left[placed]]
            left = left[~placed]
            slots[left] = (slots[left] + 1) & (len(self._hashes) - 1)


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
        self.turn = 0
        self._clear()

    def _clear(self) -> None:
        self.words: list[str] = []
        self._slots = _Slots()
        self._runs, self._hashed = Runs([]), (0, 0)

    def of(self, tokens: Tokens) -> Ints:
        """The numbers of the words of `tokens`; new ones get the next."""
        if len(self.words) > MOST_WORDS:
            self._clear()
            self.turn += 1
        hashes = _secret.hashes(tokens)
        numbers = self._slots.numbers(hashes)
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            missing = missing[np.argsort(hashes[missing], kind="stable")]
            new = hashes[missing]
            first = np.append(True, new[1:] != new[:-1])
            self.words += tokens.words_at(missing[first])
            self._slots.add(new[first])
            numbers[missing] = self._slots.numbers(hashes[missing])
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
