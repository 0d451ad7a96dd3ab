"""Turns cue words into yes-or-no features of sentences and whole texts: who negates what, what meets what."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cues import LANGUAGES, class_names, cues, meetings
from kalevi.text.lexicon import bit_names
from kalevi.text.tokens import Ints

Bits = NDArray[np.uint64]
SCOPE = 4

MEETINGS = meetings()
_COUNTS = ("positive_1", "positive_2", "positive_3", "negative_1", "negative_2", "negative_3")
_BALANCE = ("more_positive", "more_negative", "even", "both")
_LENGTHS = (3, 8, 20, 50)


@cache
def feature_names() -> tuple[str, ...]:
    """The name of every feature, in order."""
    names = bit_names()
    return (
        *names,
        *(f"not {name}" for name in class_names()),
        *(f"{first} + {second}" for first, second in MEETINGS),
        *_COUNTS,
        *_BALANCE,
        *(f"up to {length} words" for length in _LENGTHS),
    )


@cache
def _mask(*names: str) -> Bits:
    numbers = [bit_names().index(name) for name in names]
    return np.array(
        [sum(1 << n for n in numbers if n < 64), sum(1 << (n - 64) for n in numbers if n >= 64)],
        dtype=np.uint64,
    )


def _carries(bits: Bits, *names: str) -> NDArray[np.bool_]:
    low, high = _mask(*names).tolist()
    found: NDArray[np.bool_] = (bits[:, 0] & np.uint64(low)) != 0
    found |= (bits[:, 1] & np.uint64(high)) != 0
    return found


@cache
def _pair_table(language: str) -> tuple[NDArray[np.int16], Bits]:
    """Which row of masks a pair of parts stands for: (parts, parts) -> row or -1, and the masks."""
    pairs = cues(language).pairs
    size = 1 + max((max(pair) for pair in pairs), default=0)
    rows = np.full((size + 1, size + 1), -1, dtype=np.int16)
    masks = np.zeros((len(pairs), 2), dtype=np.uint64)
    for row, (pair, numbers) in enumerate(pairs.items()):
        rows[pair] = row
        masks[row] = _mask(*(class_names()[n] for n in numbers))
    return rows, masks


@dataclass(frozen=True, slots=True)
class WordCues:
    """The bits of each word, those that a negation reaches, and whether a word is for or against."""

    bits: Bits
    negated: Bits
    good: NDArray[np.bool_]
    bad: NDArray[np.bool_]


def _add_pairs(bits: Bits, parts: NDArray[np.int16], sentence: Ints, language: str) -> None:
    table, masks = _pair_table(language)
    for gap in (1, 2):
        if len(parts) <= gap:
            return
        first, second = parts[:-gap], parts[gap:]
        near = (first[:, 0] >= 0) & (second[:, 0] >= 0)
        places = np.flatnonzero(near & (sentence[:-gap] == sentence[gap:]))
        for one in range(parts.shape[1]):
            for other in range(parts.shape[1]):
                rows = table[first[places, one], second[places, other]]
                hit = rows >= 0
                bits[places[hit]] |= masks[rows[hit]]
                np.bitwise_or.at(bits, places[hit] + gap, masks[rows[hit]])


def word_cues(bits: Bits, parts: NDArray[np.int16], sentence: Ints, language: str) -> WordCues:
    """What each word stands for in its sentence. `sentence` numbers the sentence of each word, rising."""
    bits = bits.copy()
    _add_pairs(bits, parts, sentence, language)
    count = len(bits)
    first = np.ones(count, dtype=bool)
    first[1:] = sentence[1:] != sentence[:-1]
    for cue, name in (("question", "first_question"), ("request", "first_request")):
        starts = first & _carries(bits, cue)
        bits[starts] |= _mask(name)
    negation = _carries(bits, "negation")
    reached = np.zeros(count, dtype=bool)
    for gap in range(1, min(SCOPE, count - 1) + 1):
        reached[gap:] |= negation[:-gap] & (sentence[gap:] == sentence[:-gap])
    if language == LANGUAGES[1] and count > 1:
        # in Swedish the verb comes before its "inte"
        reached[:-1] |= negation[1:] & (sentence[1:] == sentence[:-1])
    reached &= ~negation
    negated = np.where(reached[:, None], bits, np.uint64(0))
    praise = _carries(bits, "positive", "positive_strong", "thanks")
    blame = _carries(bits, "negative", "negative_strong", "broken", "wrong", "late", "missing")
    return WordCues(
        bits,
        negated,
        (praise & ~reached & ~blame) | (blame & reached),
        (blame & ~reached) | (praise & reached),
    )


def _any(bits: Bits, bounds: Ints) -> Bits:
    """The bits of all rows between each bound and the next, together; none for an empty range."""
    found = np.zeros((len(bounds) - 1, bits.shape[1]), dtype=np.uint64)
    filled = np.diff(bounds) > 0
    if filled.any():
        found[filled] = np.bitwise_or.reduceat(bits, bounds[:-1][filled], axis=0)
    return found


def total(values: NDArray[np.integer[Any]], bounds: Ints) -> NDArray[np.int64]:
    """The sum of the rows between each bound and the next; 0 for an empty range."""
    found = np.zeros((len(bounds) - 1, *values.shape[1:]), dtype=np.int64)
    filled = np.diff(bounds) > 0
    if filled.any():
        found[filled] = np.add.reduceat(values, bounds[:-1][filled], axis=0, dtype=np.int64)
    return found


def _unpacked(bits: Bits, count: int) -> NDArray[np.uint8]:
    return np.unpackbits(bits.astype("<u8").view(np.uint8), axis=1, count=count, bitorder="little")


@cache
def _meeting_columns() -> tuple[Ints, Ints]:
    names = bit_names()
    return (
        np.array([names.index(a) for a, _ in MEETINGS], dtype=np.int64),
        np.array([names.index(b) for _, b in MEETINGS], dtype=np.int64),
    )


def _counted(good: NDArray[np.int64], bad: NDArray[np.int64], words: Ints) -> NDArray[np.uint8]:
    columns = [good >= 1, good >= 2, good >= 3, bad >= 1, bad >= 2, bad >= 3]
    columns += [good > bad, bad > good, (good == bad) & (good > 0), (good > 0) & (bad > 0)]
    columns += [words <= length for length in _LENGTHS]
    return np.stack(columns, axis=1).astype(np.uint8)


def features(
    found: WordCues, sentence_words: Ints, text_sentences: Ints
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Features of every sentence and of every text: arrays of 0 and 1 with columns `feature_names()`."""
    width, classes = len(bit_names()), len(class_names())
    plain = _unpacked(_any(found.bits, sentence_words), width)
    negated = _unpacked(_any(found.negated, sentence_words), classes)
    one, other = _meeting_columns()
    meetings = plain[:, one] & plain[:, other]
    good = total(found.good.astype(np.int32), sentence_words)
    bad = total(found.bad.astype(np.int32), sentence_words)
    words = np.diff(sentence_words)
    shared = np.concatenate([plain, negated, meetings], axis=1)
    sentences = np.concatenate([shared, _counted(good, bad, words)], axis=1)
    whole = (
        np.maximum.reduceat(shared, text_sentences[:-1], axis=0) if len(text_sentences) > 1 else shared[:0]
    )
    texts = _counted(
        total(good.astype(np.int32), text_sentences),
        total(bad.astype(np.int32), text_sentences),
        total(words.astype(np.int32), text_sentences),
    )
    return sentences, np.concatenate([whole, texts], axis=1)
