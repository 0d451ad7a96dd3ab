"""Which language a text is in: Finnish, Swedish, English, or none of them."""

import numpy as np

from kalevi.text.lexicon import sums
from kalevi.text.ngrams import character_hashes
from kalevi.text.tokens import Ints
from kalevi.text.weights_file import Weights
from kalevi.text.words import WordNumbers, grown

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

    def _learn(self, words: list[str]) -> None:
        hashes, owners = character_hashes(words)
        buckets = (hashes & np.uint64(len(self._table) - 1)).astype(np.int64)
        added = sums(self._table, buckets, owners, len(words)).astype(np.int32)
        for place, word in enumerate(words):
            if not word[0].isalpha():
                added[place] = 0
            elif not word.isascii():
                added[place, 3] += FOREIGN * sum(character > LAST_LATIN for character in word)
        self._rows = grown(self._rows, self._count, added)
        self._count += len(words)

    def guess(self, numbers: Ints, bounds: Ints) -> tuple[Ints, Ints]:
        """For each text `numbers[bounds[i]:bounds[i + 1]]` of words the number of the likeliest of our three
        languages, and of the likeliest of all four (3: none of ours).
        """
        if self._turn != self._words.turn:
            self._clear()
        while self._count < len(self._words.words):
            self._learn(self._words.words[self._count : self._count + 2000])
        rows = self._rows.take(numbers, axis=0)
        found = np.zeros((len(bounds) - 1, self._table.shape[1]), dtype=np.int64)
        filled = np.diff(bounds) > 0
        if filled.any():
            found[filled] = np.add.reduceat(rows, bounds[:-1][filled], axis=0, dtype=np.int64)
        odds = found * self._step + self._bias
        likeliest = np.argmax(odds, axis=1)
        likeliest[~found.any(axis=1)] = 3  # nothing but numbers and pictures
        return np.argmax(odds[:, :3], axis=1), likeliest
