"""Remembers of every word met so far what hints it gives and what it may be in a phrase."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.hints import hints
from kalevi.text.marks.phrases import PLAIN, Word, grammar

MOST_WORDS = 50_000


def grown(space: NDArray[Any], count: int, rows: NDArray[Any]) -> NDArray[Any]:
    """`space` with `rows` put in at `count`; twice as large where they did not fit."""
    needed = count + len(rows)
    if needed > len(space):
        larger = np.zeros((max(needed, 2 * len(space)), *space.shape[1:]), dtype=space.dtype)
        larger[:count] = space[:count]
        space = larger
    space[count:needed] = rows
    return space


class WordNumbers:
    """The number of every word met, for all that remember something of words.

    `turn` rises when all are forgotten, which happens between two batches once there are MOST_WORDS.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.turn = 0
        self._numbers: dict[str, int] = {}

    def of(self, words: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of words; new ones get the next."""
        if len(self.words) > MOST_WORDS:
            self.words, self._numbers = [], {}
            self.turn += 1
        known = self._numbers
        found = list(map(known.get, words))
        if None in found:
            new = [word for word in dict.fromkeys(words) if word not in known]
            known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
            self.words += new
            found = list(map(known.get, words))
        return np.array(found, dtype=np.int64)


class Phrases:
    """What the words of one language may be, in the rows of a `Lexicon`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.grammar = grammar(language)
        self.words: list[Word] = []
        self.hints = np.zeros(0, dtype=np.uint8)
        self.offers = np.zeros((0, 2), dtype=np.uint64)
        self.needs = np.zeros((0, 3), dtype=np.uint64)

    def learn(self, words: Sequence[str]) -> None:
        """Add words in lower case; they get the next rows."""
        found = [self.grammar.word(word) for word in words]
        count = len(self.words)
        self.words += found
        self.hints = grown(self.hints, count, hints(words))
        offers = np.zeros((len(found), 2), dtype=np.uint64)
        needs = np.zeros((len(found), 3), dtype=np.uint64)
        for place, word in enumerate(found):
            if word is not PLAIN:
                offers[place] = word.offers
                needs[place] = (*word.needs, bool(word.alone))
        self.offers = grown(self.offers, count, offers)
        self.needs = grown(self.needs, count, needs)
