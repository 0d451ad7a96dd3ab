"""Finds which of many beginnings a word begins with, asking only for the lengths that may be."""

from collections.abc import Iterable, Mapping


class Beginnings:
    """Beginnings of two letters or more, each with whole numbers as the bits of one."""

    def __init__(self, table: Mapping[str, int]) -> None:
        self._bits = dict(table)
        sizes: dict[str, set[int]] = {}
        for beginning in self._bits:
            sizes.setdefault(beginning[:2], set()).add(len(beginning))
        self._sizes = {start: tuple(sorted(found)) for start, found in sizes.items() if len(start) == 2}

    def of(self, word: str) -> int:
        """The bits of all beginnings of `word`, together."""
        found = 0
        for size in self._sizes.get(word[:2], ()):
            found |= self._bits.get(word[:size], 0)
        return found


def bits_of(numbers: Iterable[int]) -> int:
    """Whole numbers as the bits of one."""
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def numbers_of(bits: int) -> list[int]:
    """The numbers of the bits, rising."""
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return found
