"""Turns cue words into yes-or-no features of sentences and whole texts: who negates what, what meets what."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cues import LANGUAGES, class_names, cues, meetings
from kalevi.text.kinds import Kinds, bit_names
from kalevi.text.segments import Ints

Bits = NDArray[np.uint64]
Truths = NDArray[np.bool_]
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
def _mask(*names: str) -> tuple[np.uint64, np.uint64]:
    """The low and the high bits of some classes."""
    bits = sum(1 << bit_names().index(name) for name in names)
    return np.uint64(bits & (1 << 64) - 1), np.uint64(bits >> 64)


def _carries(low: Bits, high: Bits, *names: str) -> Truths:
    low_mask, high_mask = _mask(*names)
    found: Truths = ((low & low_mask) | (high & high_mask)) != 0
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
    """The bits of each word, low and high, which words a negation reaches, and which are for or against."""

    low: Bits
    high: Bits
    reached: Truths
    good: Truths
    bad: Truths


@dataclass(frozen=True, slots=True)
class Features:
    """Features of every sentence and of every text: arrays of 0 and 1 with columns `feature_names()`."""

    sentences: NDArray[np.uint8]
    texts: NDArray[np.uint8]


def _add_pairs(low: Bits, high: Bits, kinds: Kinds, kind_of: Ints, sentence: Ints, language: str) -> None:
    table, masks = _pair_table(language)
    may_start, may_end = kinds.pair_first.take(kind_of), kinds.pair_second.take(kind_of)
    for gap in (1, 2):
        places = np.flatnonzero(may_start[:-gap] & may_end[gap:] & (sentence[:-gap] == sentence[gap:]))
        first, second = (kinds.parts.take(kind_of.take(where), axis=0) for where in (places, places + gap))
        rows = table[first[:, :, None], second[:, None, :]]
        hit = np.nonzero(rows >= 0)
        added = masks.take(rows[hit], axis=0)
        for words in (places[hit[0]], places[hit[0]] + gap):
            np.bitwise_or.at(low, words, added[:, 0])
            np.bitwise_or.at(high, words, added[:, 1])


def word_cues(kinds: Kinds, kind_of: Ints, sentence_words: Ints, language: str) -> WordCues:
    """What each word stands for in its sentence; `kind_of` is the kind of each word."""
    low, high = kinds.low.take(kind_of), kinds.high.take(kind_of)
    lengths = np.diff(sentence_words)
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    _add_pairs(low, high, kinds, kind_of, sentence, language)
    first = sentence_words[:-1][lengths > 0]
    for cue, name in (("question", "first_question"), ("request", "first_request")):
        starts = first[_carries(low[first], high[first], cue)]
        low_mask, high_mask = _mask(name)
        low[starts] |= low_mask
        high[starts] |= high_mask
    negation = _carries(low, high, "negation")
    reached = np.zeros(len(low), dtype=bool)
    for gap in range(1, min(SCOPE, len(low) - 1) + 1):
        reached[gap:] |= negation[:-gap] & (sentence[gap:] == sentence[:-gap])
    if language == LANGUAGES[1] and len(low) > 1:
        # in Swedish the verb comes before its "inte"
        reached[:-1] |= negation[1:] & (sentence[1:] == sentence[:-1])
    # "nobody answered :/": a face is never what is denied
    reached &= ~negation & ~_carries(low, high, "face")
    praise = _carries(low, high, "positive", "positive_strong", "thanks")
    blame = _carries(low, high, "negative", "negative_strong", "broken", "wrong", "late", "missing")
    good = (praise & ~reached & ~blame) | (blame & reached)
    return WordCues(low, high, reached, good, (blame & ~reached) | (praise & reached))


def _any(bits: Bits, bounds: Ints) -> Bits:
    """The bits of all places between each bound and the next, together; none for an empty range."""
    found = np.zeros(len(bounds) - 1, dtype=np.uint64)
    filled = np.diff(bounds) > 0
    if filled.any():
        found[filled] = np.bitwise_or.reduceat(bits, bounds[:-1][filled])
    return found


def _count(truths: Truths, bounds: Ints) -> Ints:
    """How many are true between each bound and the next."""
    counts = np.zeros(len(truths) + 1, dtype=np.int64)
    np.cumsum(truths, out=counts[1:])
    found: Ints = np.diff(counts.take(bounds))
    return found


def _unpacked(bits: Sequence[Bits], count: int) -> NDArray[np.uint8]:
    """The first `count` bits of each row, 64 in every array, as columns of 0 and 1."""
    packed = np.stack(bits, axis=1).astype("<u8").view(np.uint8)
    return np.unpackbits(packed, axis=1, count=count, bitorder="little")


def _packed(truths: NDArray[np.uint8]) -> list[Bits]:
    """Columns of 0 and 1 as bits, 64 in every array."""
    packed = np.zeros((len(truths), -(-truths.shape[1] // 64) * 8), dtype=np.uint8)
    bits = np.packbits(truths, axis=1, bitorder="little")
    packed[:, : bits.shape[1]] = bits
    return list(packed.view("<u8").astype(np.uint64).T)


@cache
def _meeting_columns() -> tuple[Ints, Ints]:
    names = bit_names()
    return (
        np.array([names.index(a) for a, _ in MEETINGS], dtype=np.int64),
        np.array([names.index(b) for _, b in MEETINGS], dtype=np.int64),
    )


def _counted(good: Ints, bad: Ints, words: Ints) -> NDArray[np.uint8]:
    columns = [good >= 1, good >= 2, good >= 3, bad >= 1, bad >= 2, bad >= 3]
    columns += [good > bad, bad > good, (good == bad) & (good > 0), (good > 0) & (bad > 0)]
    columns += [words <= length for length in _LENGTHS]
    return np.stack(columns, axis=1).view(np.uint8)


def carriers(found: WordCues, sentence_words: Ints) -> NDArray[np.uint8]:
    """Which words carry each feature, as 0 and 1: (features, words), of the first features, those of words.

    A cue that is negated is carried by the words that stand for it, a meeting by the words that meet, and how
    much is for or against by the words that are.
    """
    width, classes = len(bit_names()), len(class_names())
    lengths = np.diff(sentence_words)
    sentence = np.repeat(np.arange(len(lengths)), lengths)
    plain = _unpacked([found.low, found.high], width)
    there = np.zeros((len(lengths), width), dtype=np.uint8)
    np.maximum.at(there, sentence, plain)
    one, other = _meeting_columns()
    met = (there[:, one] & there[:, other])[sentence]
    negated = plain[:, :classes] & found.reached[:, None]
    meeting = met & (plain[:, one] | plain[:, other])
    good, bad = (told.astype(np.uint8)[:, None] for told in (found.good, found.bad))
    # in the order of _COUNTS, then of _BALANCE
    counted = [good] * 3 + [bad] * 3 + [good, bad, good | bad, good | bad]
    return np.concatenate([plain, negated, meeting, *counted], axis=1).T


def features(found: WordCues, sentence_words: Ints, text_sentences: Ints) -> Features:
    """The features of every sentence and of every text."""
    width, classes = len(bit_names()), len(class_names())
    zero = np.uint64(0)
    plain = [_any(bits, sentence_words) for bits in (found.low, found.high)]
    negated = [_any(np.where(found.reached, bits, zero), sentence_words) for bits in (found.low, found.high)]
    spread = _unpacked(plain, width)
    one, other = _meeting_columns()
    meetings = spread.take(one, axis=1) & spread.take(other, axis=1)
    counts = [_count(found.good, sentence_words), _count(found.bad, sentence_words), np.diff(sentence_words)]
    sentences = [spread, _unpacked(negated, classes), meetings, _counted(*counts)]
    met = _packed(meetings)
    starts = text_sentences[:-1]
    plain, negated, met = (
        [np.bitwise_or.reduceat(bits, starts) for bits in both] for both in (plain, negated, met)
    )
    counts = [np.add.reduceat(count, starts) for count in counts]
    texts = [
        _unpacked(plain, width),
        _unpacked(negated, classes),
        _unpacked(met, len(MEETINGS)),
        _counted(*counts),
    ]
    return Features(np.concatenate(sentences, axis=1), np.concatenate(texts, axis=1))
