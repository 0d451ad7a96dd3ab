"""What a word may stand for by itself: cues, parts of cue pairs, atoms of phrases, hints of a person.

Many words share one kind; most are of none. A new word is looked up once, and all else about it is remembered
by the number of its kind.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kalevi.text.beginnings import numbers_of
from kalevi.text.cues import LONGEST_ENDING, class_names, cues
from kalevi.text.hints import STREET, exact_hints, hint_of
from kalevi.text.marks.phrases import ANY, SKIP, Atoms, Bits, Phrase, Word, grammar
from kalevi.text.personal.addresses import STREET_ENDINGS
from kalevi.text.tokens import LONGEST_WORD

PARTS = 3
MOST = 50_000
TOKEN_CLASSES = ("question_mark", "exclamation_mark", "number", "first_question", "first_request")
_HINTS, _CUES = 8, 128
BitColumns = tuple[NDArray[np.uint64], ...]


def bit_names() -> tuple[str, ...]:
    """The name of every bit that a word may carry: cue classes, then what kind of token it is."""
    return class_names() + TOKEN_CLASSES


class Beginning(NamedTuple):
    """A phrase whose first two words are there. Its third may have to fit an atom of `third`; then, unless
    `length` is 0 and one has to look further, it is there, with that many words.
    """

    phrase: Phrase
    length: int
    third: Atoms | None


class Kinds:
    """The kinds of the words of one language met so far, a row each in all its arrays.

    `low` and `high` are the bits of cues; `parts` the parts of cue pairs that the word may be, else -1;
    `pair_first` and `pair_second` whether it may be the first or the second of some pair;
    `hints` as in `kalevi.text.hints`; `offers`, `needs`, `alone` and `opening` (alone at the start of a
    sentence) say what `words` may be in a phrase;
    `cues` is what the cues add to each output.
    """

    def __init__(self, language: str, cue_weights: NDArray[np.float64]) -> None:
        self.grammar = grammar(language)
        self._language = cues(language)
        self._cue_weights = cue_weights
        self._pairs_from = _HINTS + _CUES
        parts = 1 + max((max(pair) for pair in self._language.pairs), default=0)
        self._atoms_from = self._pairs_from + parts
        self._fill_tables()
        self._sides = np.zeros((2, parts + 1), dtype=bool)  # the last stands for no part
        for pair in self._language.pairs:
            self._sides[[0, 1], pair] = True
        self._hints = exact_hints()
        self._numbers: dict[int, int] = {}
        self._joined: dict[str, int] = {}
        self._phrases: dict[tuple[int, int], tuple[Beginning, ...]] = {}
        self.words: list[Word] = []
        self.low = self.high = np.zeros(0, dtype=np.uint64)
        self.parts = np.zeros((0, PARTS), dtype=np.int16)
        self.pair_first = self.pair_second = np.zeros(0, dtype=bool)
        self.hints = np.zeros(0, dtype=np.uint8)
        none: BitColumns = (np.zeros(0, dtype=np.uint64),) * 4
        self.offers = self.needs = none
        self.alone = self.opening = self.negation = np.zeros(0, dtype=bool)
        self.cues = np.zeros((0, cue_weights.shape[1]))
        self._add([0])

    def _fill_tables(self) -> None:
        """What a whole word, its beginnings and its endings stand for, as bits."""
        known = self._language
        self._exact: dict[str, int] = {}
        self._begun: dict[str, int] = {}
        for first, whole, start in (
            (_HINTS, known.exact, known.beginnings),
            (self._pairs_from, known.parts, known.part_beginnings),
            (self._atoms_from, self.grammar.exact, self.grammar.starts),
        ):
            for table, found in ((self._exact, whole), (self._begun, start)):
                for word, numbers in found.items():
                    table[word] = table.get(word, 0) | _shifted(numbers, first)
        self._ended = dict.fromkeys(STREET_ENDINGS, STREET)
        for ending, numbers in known.endings.items():
            if len(ending) <= LONGEST_ENDING:
                self._ended[ending] = self._ended.get(ending, 0) | _shifted(numbers, _HINTS)
        self._starts = _sizes((word[:2], len(word)) for word in self._begun)
        self._ends = _sizes((word[-2:], len(word)) for word in self._ended)

    def of(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The number of each word's kind."""
        exact, begun, ended, hints = self._exact.get, self._begun.get, self._ended.get, self._hints.get
        starts, ends = self._starts.get, self._ends.get
        found = []
        for word in words:
            if word.isalpha() and len(word) < LONGEST_WORD:
                kind = exact(word, 0) | hints(word, 0)
                for size in starts(word[:2], ()):
                    kind |= begun(word[:size], 0)
                for size in ends(word[-2:], ()):
                    if size < len(word):
                        kind |= ended(word[-size:], 0)
                    elif size == len(word):
                        kind |= ended(word, 0) & STREET  # a street may be called just that
            else:
                kind = self._odd(word)
            found.append(kind)
        known = self._numbers
        new = [kind for kind in dict.fromkeys(found) if kind not in known]
        if new:
            self._add(new)
        return np.array([known[kind] for kind in found], dtype=np.int32)

    def of_phrase(self, word: str) -> int:
        """The number of a kind that tells of `word` only what it may be in a phrase."""
        found = self._joined.get(word)
        if found is None:
            if len(self._joined) >= MOST:
                self._joined.clear()
            kind = self.grammar.bits(word) << self._atoms_from
            if kind not in self._numbers:
                self._add([kind])
            found = self._joined[word] = self._numbers[kind]
        return found

    def phrases(self, kind: int, following: int) -> tuple[Beginning, ...]:
        """The phrases that may start with a word of `kind` with one of the kind `following` (unless -1) next
        in its sentence.
        """
        found = self._phrases.get((kind, following))
        if found is None:
            if len(self._phrases) >= MOST:
                self._phrases.clear()
            word = self.words[kind]
            phrases = list(word.alone)
            if following >= 0:
                for atom in self.words[following].atoms:
                    phrases += word.pairs.get(atom, ())
            found = self._phrases[kind, following] = tuple(map(_beginning, dict.fromkeys(phrases)))
        return found

    def _odd(self, word: str) -> int:
        """The kind of a word that is very long or holds more than letters."""
        bits = self._language.classes_of(word)
        if not word.isalpha():
            if "?" in word:
                bits |= 1 << len(class_names())
            elif "!" in word:
                bits |= 1 << (len(class_names()) + 1)
            elif word[0].isdigit():
                bits |= 1 << (len(class_names()) + 2)
        parts, atoms = self._language.part_of(word), self.grammar.bits(word)
        return hint_of(word) | bits << _HINTS | parts << self._pairs_from | atoms << self._atoms_from

    def _add(self, kinds: Sequence[int]) -> None:
        """Rows for new kinds."""
        self._numbers.update(
            zip(kinds, range(len(self._numbers), len(self._numbers) + len(kinds)), strict=True)
        )
        bits = [kind >> _HINTS & (1 << _CUES) - 1 for kind in kinds]
        packed = np.frombuffer(b"".join(one.to_bytes(16, "little") for one in bits), dtype="<u8").reshape(
            -1, 2
        )
        words = [self.grammar.word_of(kind >> self._atoms_from) for kind in kinds]
        parts = np.full((len(kinds), PARTS), -1, dtype=np.int16)
        for row, kind in enumerate(kinds):
            numbers = numbers_of(kind >> self._pairs_from & (1 << self._atoms_from - self._pairs_from) - 1)[
                :PARTS
            ]
            parts[row, : len(numbers)] = numbers
        first, second = (side[parts].any(axis=1) for side in self._sides)
        self.pair_first, self.pair_second = (
            np.append(self.pair_first, first),
            np.append(self.pair_second, second),
        )
        self.words += words
        self.low = np.append(self.low, packed[:, 0].astype(np.uint64))
        self.high = np.append(self.high, packed[:, 1].astype(np.uint64))
        self.parts = np.concatenate([self.parts, parts])
        self.hints = np.append(self.hints, np.array([kind & 255 for kind in kinds], dtype=np.uint8))
        self.offers = _longer(self.offers, [word.offers for word in words])
        self.needs = _longer(self.needs, [word.needs for word in words])
        alone = [any(not phrase.at_start for phrase in word.alone) for word in words]
        opening = [any(phrase.at_start for phrase in word.alone) for word in words]
        self.alone, self.opening = np.append(self.alone, alone), np.append(self.opening, opening)
        negations = [not self.grammar.negation.isdisjoint(word.atoms) for word in words]
        self.negation = np.append(self.negation, np.array(negations))
        spread = np.unpackbits(packed.view(np.uint8), axis=1, count=len(bit_names()), bitorder="little")
        self.cues = np.concatenate([self.cues, spread @ self._cue_weights])


def _longer(columns: BitColumns, more: Sequence[Bits]) -> BitColumns:
    added = zip(*more, strict=True)
    return tuple(
        np.append(column, np.array(bits, dtype=np.uint64))
        for column, bits in zip(columns, added, strict=True)
    )


def _beginning(phrase: Phrase) -> Beginning:
    elements = phrase.elements
    third = elements[2] if len(elements) > 2 and elements[2] not in (ANY, SKIP) else None
    known = len(elements) < 3 or (len(elements) == 3 and third is not None)
    return Beginning(phrase, len(elements) if known else 0, third)


def _sizes(found: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    """Which lengths come with each two letters."""
    sizes: dict[str, set[int]] = {}
    for letters, size in found:
        if len(letters) == 2:
            sizes.setdefault(letters, set()).add(size)
    return {letters: tuple(sorted(lengths)) for letters, lengths in sizes.items()}


def _shifted(numbers: Iterable[int], first: int) -> int:
    """Whole numbers as bits, from the bit `first` on."""
    bits = 0
    for number in numbers:
        bits |= 1 << number + first
    return bits
