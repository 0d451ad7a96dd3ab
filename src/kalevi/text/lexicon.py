"""Remembers what every word met so far adds to each output, so that a stream of texts is cheap to read.

What is remembered never changes a result: every number is an exact sum of whole numbers.
"""

import numpy as np

from kalevi.text.cues import LANGUAGES
from kalevi.text.kinds import Kinds, bit_names
from kalevi.text.ngrams import word_hashes
from kalevi.text.segments import Ints
from kalevi.text.weights_file import Weights
from kalevi.text.words import AT_ONCE, WordNumbers, each_once, grown

CUE_STEP = 1024.0


class Lexicon:
    """The words of one language: `general`, `domain`, `hashes` and `kind_of` have a row a word."""

    def __init__(self, weights: Weights, language: int, words: WordNumbers) -> None:
        self._words = words
        self._name = LANGUAGES[language]
        self._general = weights.general[language]
        self._domain = weights.domain[language]
        settings = weights.settings.get("domain")
        width = self._domain.shape[1] - 1
        self._cue_weights = (
            np.array(settings["weights"], dtype=np.float64)[: len(bit_names())] / CUE_STEP
            if settings
            else np.zeros((len(bit_names()), width))
        )
        self.clear()

    def clear(self) -> None:
        """Forget all words."""
        self._turn = self._words.turn
        self._count = 0
        self._rows = np.zeros(0, dtype=np.int64)
        self.general = np.zeros((0, self._general.shape[1]), dtype=np.int16)
        self.domain = np.zeros((0, self._domain.shape[1]), dtype=np.int16)
        self.hashes = np.zeros(0, dtype=np.uint64)
        self.kind_of = np.zeros(0, dtype=np.int32)
        self.kinds = Kinds(self._name, self._cue_weights)

    def rows(self, numbers: Ints) -> Ints:
        """The row of each word in the tables of this lexicon, by its number; new words are added."""
        if self._turn != self._words.turn:
            self.clear()
        missing = len(self._words.words) - len(self._rows)
        if missing > 0:
            self._rows = np.append(self._rows, np.full(missing + len(self._rows), -1, dtype=np.int64))
        found: Ints = self._rows.take(numbers)
        if len(found) and found.min() < 0:
            new = each_once(numbers[found < 0])
            for start in range(0, len(new), AT_ONCE):
                self._learn(new[start : start + AT_ONCE])
            found = self._rows.take(numbers)
        return found

    def _learn(self, new: Ints) -> None:
        """Remember the words with these numbers, which rise."""
        count = self._count
        self._count += len(new)
        self._rows[new] = np.arange(count, self._count)
        words = [self._words.words[number] for number in new.tolist()]
        runs = self._words.runs(new)
        self.general = grown(self.general, count, runs.sums(self._general).astype(np.int16))
        self.domain = grown(self.domain, count, runs.sums(self._domain).astype(np.int16))
        self.hashes = grown(self.hashes, count, word_hashes(words))
        self.kind_of = grown(self.kind_of, count, self.kinds.of(words))
