"""Finds which of many beginnings a word begins with, asking only for the lengths that may be."""

from collections.abc import Iterable, Mapping


class Beginnings:
    """Beginnings of two letters or more, each with its numbers."""

    def __init__(self, table: Mapping[str, Iterable[int]]) -> None:
        self._table = {beginning: tuple(numbers) for beginning, numbers in table.items()}
        sizes: dict[str, set[int]] = {}
        for beginning in self._table:
            sizes.setdefault(beginning[:2], set()).add(len(beginning))
        self._sizes = {start: tuple(sorted(found)) for start, found in sizes.items() if len(start) == 2}

    def of(self, word: str) -> set[int]:
        """The numbers of all beginnings of `word`."""
        found: set[int] = set()
        for size in self._sizes.get(word[:2], ()):
            numbers = self._table.get(word[:size])
            if numbers:
                found.update(numbers)
        return found
