"""Which language a text is in: Finnish, Swedish, English, or none of them."""

from collections.abc import Sequence

import numpy as np

from kalevi.text.lexicon import sums
from kalevi.text.ngrams import character_hashes
from kalevi.text.tokens import Ints
from kalevi.text.weights_file import Weights
from kalevi.text.words import grown

MOST_WORDS = 50_000
LAST_LATIN = "\u024f"
FOREIGN = 200


class LanguageGuess:
    """Adds up what each word says for each language; the last column speaks for "none of ours"."""

    def __init__(self, weights: Weights) -> None:
        self._table = weights.language
        self._step = float(weights.settings["language"]["step"])
        self._bias = np.array(weights.settings["language"]["bias"])
        self._numbers: dict[str, int] = {}
        self._rows = np.zeros((0, self._table.shape[1]), dtype=np.int32)

    def guess(self, words: Sequence[str], bounds: Ints) -> tuple[Ints, Ints]:
        """For each text `words[bounds[i]:bounds[i + 1]]` the number of the likeliest of our three languages,
        and of the likeliest of all four (3: none of ours).
        """
        if len(self._numbers) > MOST_WORDS:
            self._numbers = {}
            self._rows = self._rows[:0]
        known = self._numbers
        numbers = list(map(known.get, words))
        new = [word for word in dict.fromkeys(words) if word not in known] if None in numbers else []
        for start in range(0, len(new), 2000):
            part = new[start : start + 2000]
            count = len(known)
            for word in part:
                known[word] = len(known)
            hashes, owners = character_hashes(part)
            buckets = (hashes & np.uint64(len(self._table) - 1)).astype(np.int64)
            added = sums(self._table, buckets, owners, len(part)).astype(np.int32)
            for place, word in enumerate(part):
                if not word[0].isalpha():
                    added[place] = 0
                elif not word.isascii():
                    added[place, 3] += FOREIGN * sum(character > LAST_LATIN for character in word)
            self._rows = grown(self._rows, count, added)
        if new:
            numbers = list(map(known.get, words))
        rows = self._rows.take(np.array(numbers, dtype=np.int64), axis=0)
        found = np.zeros((len(bounds) - 1, self._table.shape[1]), dtype=np.int64)
        filled = np.diff(bounds) > 0
        if filled.any():
            found[filled] = np.add.reduceat(rows, bounds[:-1][filled], axis=0, dtype=np.int64)
        odds = found * self._step + self._bias
        likeliest = np.argmax(odds, axis=1)
        likeliest[~found.any(axis=1)] = 3  # nothing but numbers and pictures
        return np.argmax(odds[:, :3], axis=1), likeliest
