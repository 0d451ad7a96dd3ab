"""Cue words by class, the same classes in each language, read from `fi.txt`, `sv.txt` and `en.txt`.

A line is `class: word word…`; "stem*" matches a beginning, "*end" an ending, and "a_b" the word a
followed by b with at most one word between them (both may be stems). "a_b_c" is found by a and c: b tells
whoever reads the list which word is meant to stand between them. Whole words and endings of the Finnish list
are met in their spoken forms too (`spoken`).
"""

from dataclasses import dataclass
from functools import cache, cached_property

from kalevi.text.beginnings import Beginnings, bits_of
from kalevi.text.beside import text_beside
from kalevi.text.cues.spoken import spoken

LANGUAGES = ("fi", "sv", "en")


LONGEST_ENDING = 6


@dataclass(frozen=True)
class Cues:
    """What words of one language stand for. Classes are numbered as in `class_names()`."""

    exact: dict[str, tuple[int, ...]]
    beginnings: dict[str, tuple[int, ...]]
    endings: dict[str, tuple[int, ...]]
    parts: dict[str, tuple[int, ...]]
    part_beginnings: dict[str, tuple[int, ...]]
    pairs: dict[tuple[int, int], tuple[int, ...]]

    def classes_of(self, word: str) -> int:
        """The classes that one word belongs to by itself, as bits."""
        return self._beginnings.of(word) | self._exact.get(word, 0) | self._endings.of(word[:0:-1])

    def part_of(self, word: str) -> int:
        """The numbers of the pair parts that one word fits, as bits."""
        return self._part_beginnings.of(word) | self._parts.get(word, 0)

    @cached_property
    def _exact(self) -> dict[str, int]:
        return {word: bits_of(numbers) for word, numbers in self.exact.items()}

    @cached_property
    def _parts(self) -> dict[str, int]:
        return {word: bits_of(numbers) for word, numbers in self.parts.items()}

    @cached_property
    def _beginnings(self) -> Beginnings:
        return Beginnings({start: bits_of(n) for start, n in self.beginnings.items()})

    @cached_property
    def _endings(self) -> Beginnings:
        ends = ((end, n) for end, n in self.endings.items() if len(end) <= LONGEST_ENDING)
        return Beginnings({end[::-1]: bits_of(n) for end, n in ends})

    @cached_property
    def _part_beginnings(self) -> Beginnings:
        return Beginnings({start: bits_of(n) for start, n in self.part_beginnings.items()})


def _lines(language: str) -> list[tuple[str, list[str]]]:
    text = text_beside(__file__, f"{language}.txt")
    rows = (line.split(":", 1) for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return [(name, words.split()) for name, words in rows]


@cache
def class_names() -> tuple[str, ...]:
    """Every class of cue words, in the order of the Finnish list."""
    return tuple(name for name, _ in _lines("fi"))


@cache
def meetings() -> tuple[tuple[str, str], ...]:
    """Pairs of classes that say more together, in one sentence, than apart."""
    text = text_beside(__file__, "meetings.txt")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((first, second) for first, second in rows)


def _add(table: dict[str, tuple[int, ...]], key: str, number: int) -> None:
    table[key] = tuple(sorted({*table.get(key, ()), number}))


def _said(word: str, language: str) -> tuple[str, ...]:
    """A word as listed, then as it is said."""
    return (word, *spoken(word)) if language == "fi" else (word,)


@cache
def cues(language: str) -> Cues:
    """The cue words of one language."""
    numbers = {name: number for number, name in enumerate(class_names())}
    found = Cues({}, {}, {}, {}, {}, {})
    part_numbers: dict[str, int] = {}
    for name, words in _lines(language):
        number = numbers[name]
        for word in words:
            first, last = word.split("_")[0], word.split("_")[-1]
            if "_" in word and first and last:
                key = []
                for part in (first, last):
                    if part not in part_numbers:
                        part_numbers[part] = len(part_numbers)
                        if part.endswith("*"):
                            _add(found.part_beginnings, part[:-1], part_numbers[part])
                        else:
                            for form in _said(part, language):
                                _add(found.parts, form, part_numbers[part])
                    key.append(part_numbers[part])
                pair = (key[0], key[1])
                found.pairs[pair] = tuple(sorted({*found.pairs.get(pair, ()), number}))
            elif word.startswith("*"):
                for form in _said(word[1:], language):
                    _add(found.endings, form, number)
            elif word.endswith("*") and len(word) > 1:
                _add(found.beginnings, word[:-1], number)
            else:
                for form in _said(word, language):
                    _add(found.exact, form, number)
    return found
