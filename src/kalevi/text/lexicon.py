"""Remembers what every word met so far adds to each output, so that a stream of texts is cheap to read.

What is remembered never changes a result: every number is an exact sum of whole numbers.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cue_features import feature_names
from kalevi.text.cues import LANGUAGES
from kalevi.text.kinds import Kinds, bit_names
from kalevi.text.ngrams import word_hashes
from kalevi.text.segments import Ints
from kalevi.text.weights_file import Weights
from kalevi.text.words import AT_ONCE, WordNumbers, each_once, grown

CUE_STEP = 1024.0
GENERAL_LIMIT = 6.0
# After the general outputs stand the highest negative and positive of any sentence, then the lowest.
EXTREMES = 4


def general_weights(settings: dict[str, Any], language: str) -> NDArray[np.float64]:
    """What a log odd of each of the general outputs adds to each output: (general outputs, outputs).

    As if the text were one sentence: what its most positive and most negative sentence add is added to these.
    """
    general, first = settings["general"][language]["outputs"], len(feature_names())
    weights = np.array(settings["domain"]["weights"], dtype=np.float64)[first:]
    told: NDArray[np.float64] = weights[: len(general)]
    for at, name in enumerate(("negative", "positive")):
        told[general.index(name)] += weights[len(general) + at] + weights[len(general) + 2 + at]
    return told / (GENERAL_LIMIT * CUE_STEP)


class Lexicon:
    """The words of one language: `general`, `domain`, `worth`, `hashes` and `kind_of` have a row a word.

    `worth` is what a word adds to the log odds of each output, by itself and by what it tells the general
    model, to be divided by the length of its text. (A text is about as long to the one as to the other.)
    """

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
        self._domain_step = np.array(settings["step"][self._name]) if settings else np.ones(width)
        by_general = general_weights(weights.settings, self._name) if settings else np.zeros((0, width))
        steps = np.array(weights.settings["general"][self._name]["step"])
        self._by_general = by_general * steps[: len(by_general), None]
        self.clear()

    def clear(self) -> None:
        """Forget all words."""
        self._turn = self._words.turn
        self._count = 0
        self._rows = np.zeros(0, dtype=np.int64)
        self.general = np.zeros((0, self._general.shape[1]), dtype=np.int16)
        self.domain = np.zeros((0, self._domain.shape[1]), dtype=np.int16)
        self.worth = np.zeros((0, self._domain.shape[1] - 1), dtype=np.float32)
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
        general, domain = (runs.sums(table).astype(np.int16) for table in (self._general, self._domain))
        self.general, self.domain = grown(self.general, count, general), grown(self.domain, count, domain)
        worth = domain[:, :-1] * self._domain_step
        # output by output: a product of matrices would depend on the other words
        for column, adds in enumerate(self._by_general):
            worth += general[:, column, None] * adds
        self.worth = grown(self.worth, count, worth.astype(np.float32))
        self.hashes = grown(self.hashes, count, word_hashes(words))
        self.kind_of = grown(self.kind_of, count, self.kinds.of(words))
