"""Remembers what every word met so far adds to each output, so that a stream of texts is cheap to read.

What is remembered never changes a result: every number is an exact sum of whole numbers.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kalevi.text.beginnings import numbers_of
from kalevi.text.cues import LANGUAGES, Cues, class_names, cues
from kalevi.text.ngrams import character_hashes, word_hashes
from kalevi.text.tokens import Ints
from kalevi.text.weights_file import Weights
from kalevi.text.words import Phrases, WordNumbers, grown

PARTS = 3
CUE_STEP = 1024.0
TOKEN_CLASSES = ("question_mark", "exclamation_mark", "number", "first_question", "first_request")


def bit_names() -> tuple[str, ...]:
    """The name of every bit that a word may carry: cue classes, then what kind of token it is."""
    return class_names() + TOKEN_CLASSES


def sums(table: NDArray[np.int8], buckets: Ints, owners: Ints, count: int) -> NDArray[np.int16]:
    """The rows of `table` at `buckets`, added up for each of `count` owners (rising, each at least once)."""
    rows = table.take(buckets, axis=0)
    first = np.searchsorted(owners, np.arange(count))
    return np.add.reduceat(rows, first, axis=0, dtype=np.int16)


def word_bits(words: Sequence[str], known: Cues) -> tuple[NDArray[np.uint64], NDArray[np.int16]]:
    """The bits of each word, two unsigned numbers wide, and the parts of cue pairs it may be."""
    parts = np.full((len(words), PARTS), -1, dtype=np.int16)
    question, exclamation, number = (1 << (len(class_names()) + place) for place in range(3))
    packed = []
    for place, word in enumerate(words):
        found = known.classes_of(word)
        if not word.isalpha():
            if "?" in word:
                found |= question
            elif "!" in word:
                found |= exclamation
            elif word[0].isdigit():
                found |= number
        packed.append(found.to_bytes(16, "little"))
        part = known.part_of(word)
        if part:
            numbers = numbers_of(part)[:PARTS]
            parts[place, : len(numbers)] = numbers
    bits = np.frombuffer(b"".join(packed), dtype="<u8").reshape(len(words), 2)
    return bits.astype(np.uint64), parts


class Lexicon:
    """The words of one language and what they add."""

    def __init__(self, weights: Weights, language: int, words: WordNumbers) -> None:
        self._words = words
        self._name = LANGUAGES[language]
        self._general = weights.general[language]
        self._domain = weights.domain[language]
        self._cues = cues(LANGUAGES[language])
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
        self.bits = np.zeros((0, 2), dtype=np.uint64)
        self.cues = np.zeros((0, self._domain.shape[1] - 1))
        self.parts = np.zeros((0, PARTS), dtype=np.int16)
        self.hashes = np.zeros(0, dtype=np.uint64)
        self.phrases = Phrases(self._name)

    def rows(self, numbers: Ints) -> Ints:
        """The row of each word in the tables of this lexicon, by its number; new words are added."""
        if self._turn != self._words.turn:
            self.clear()
        missing = len(self._words.words) - len(self._rows)
        if missing > 0:
            self._rows = np.append(self._rows, np.full(missing + len(self._rows), -1, dtype=np.int64))
        found = self._rows.take(numbers)
        if len(found) and found.min() < 0:
            new = np.unique(numbers[found < 0])
            for start in range(0, len(new), 2000):
                part = new[start : start + 2000]
                self._rows[part] = np.arange(self._count, self._count + len(part))
                self._learn([self._words.words[number] for number in part.tolist()])
            found = self._rows.take(numbers)
        return found

    def _learn(self, words: list[str]) -> None:
        count = self._count
        self._count += len(words)
        hashes, owners = character_hashes(words)
        general = (hashes & np.uint64(len(self._general) - 1)).astype(np.int64)
        domain = (hashes & np.uint64(len(self._domain) - 1)).astype(np.int64)
        bits, parts = word_bits(words, self._cues)
        self.general = grown(self.general, count, sums(self._general, general, owners, len(words)))
        self.domain = grown(self.domain, count, sums(self._domain, domain, owners, len(words)))
        self.bits = grown(self.bits, count, bits)
        self.parts = grown(self.parts, count, parts)
        self.cues = grown(self.cues, count, self._said_by_cues(bits))
        self.hashes = grown(self.hashes, count, word_hashes(words))
        self.phrases.learn(words)

    def _said_by_cues(self, bits: NDArray[np.uint64]) -> NDArray[np.float64]:
        """What the cues of each word add to each output."""
        said = np.zeros((len(bits), self._cue_weights.shape[1]))
        places = np.flatnonzero(bits.any(axis=1))
        packed = bits[places].astype("<u8").view(np.uint8)
        said[places] = (
            np.unpackbits(packed, axis=1, count=len(bit_names()), bitorder="little") @ self._cue_weights
        )
        return said
