"""Which language a text is in: Finnish, Swedish, English, or none of them."""

import numpy as np

from kalevi.text.segments import Ints, Segments
from kalevi.text.weights_file import Weights
from kalevi.text.words import AT_ONCE, WordNumbers, grown

LAST_LATIN = "\u024f"
FOREIGN = 200


class LanguageGuess:
    """Adds up what each word says for each language; the last column speaks for "none of ours"."""

    def __init__(self, weights: Weights, words: WordNumbers) -> None:
        self._table = weights.language
        self._step = float(weights.settings["language"]["step"])
        self._bias = np.array(weights.settings["language"]["bias"])
        self._words = words
        self._clear()

    def _clear(self) -> None:
        self._turn, self._count = self._words.turn, 0
        self._rows = np.zeros((0, self._table.shape[1]), dtype=np.int32)

    def _learn(self, last: int) -> None:
        """Remember the words up to the number `last`."""
        words = self._words.words[self._count : last]
        added = self._words.runs(np.arange(self._count, last)).sums(self._table)
        for place, word in enumerate(words):
            if not word[0].isalpha():
                added[place] = 0
            elif not word.isascii():
                added[place, 3] += FOREIGN * sum(character > LAST_LATIN for character in word)
        self._rows = grown(self._rows, self._count, added)
        self._count = last

    def guess(self, numbers: Ints, bounds: Ints) -> tuple[Ints, Ints]:
        """For each text `numbers[bounds[i]:bounds[i + 1]]` of words the number of the likeliest of our three
        languages, and of the likeliest of all four (3: none of ours).
        """
        if self._turn != self._words.turn:
            self._clear()
        while self._count < len(self._words.words):
            self._learn(min(self._count + AT_ONCE, len(self._words.words)))
        found = Segments(bounds[:-1], np.diff(bounds)).sums(self._rows, numbers)
        odds = found * self._step + self._bias
        likeliest = np.argmax(odds, axis=1)
        likeliest[~found.any(axis=1)] = 3  # nothing but numbers and pictures
        return np.argmax(odds[:, :3], axis=1), likeliest
