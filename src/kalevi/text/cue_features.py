"""Turns cue words into yes-or-no features of sentences and whole texts: who negates what, what meets what."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kalevi.text.cues import LANGUAGES, class_names, cues
from kalevi.text.lexicon import bit_names
from kalevi.text.tokens import Ints

Bits = NDArray[np.uint64]
SCOPE = 4

# Two classes that say more together, in one sentence, than apart.
MEETINGS = tuple(
    (first, second)
    for line in """
wish conditional|wish future|wish second_person|wish first_person|wish wish_past|wish comparative|wish question_mark
conditional comparative|conditional question_mark|conditional idea|conditional positive|conditional negation
conditional second_person|conditional wish_past|conditional work|conditional obligation|conditional need
obligation comparative|obligation second_person|obligation negative|obligation idea|comparative future
question question_mark|first_question question_mark|second_person question_mark|request second_person|request question_mark
need first_person|need question_mark|need second_person|need remedy|remedy first_person|remedy negation|remedy wait
negation work|negation missing|negation recommend|negation return_again|negation question_mark|negation unclear
negation staff_service|negation communication|negation delivery|negation promise|still negation|still wait
forced wait|forced again|forced effort|again negative|again broken|wait time_word|late time_word|promise time_word
contrast negative|contrast positive|positive negative|intensifier negative|intensifier positive|only time_word
thanks question_mark|thanks positive|thanks negative|wonder question|wonder negation|comparative website_app
recommend positive|recommend negative|leaving negation|broken product_quality|wrong delivery|missing delivery
""".split("\n")
    for pair in line.split("|")
    if pair
    for first, second in [pair.split()]
)
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


def _mask(*names: str) -> Bits:
    numbers = [bit_names().index(name) for name in names]
    return np.array(
        [sum(1 << n for n in numbers if n < 64), sum(1 << (n - 64) for n in numbers if n >= 64)],
        dtype=np.uint64,
    )


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
    """The bits of each word, those of words that a negation reaches, and whether each word is for or against."""

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
        starts = first & (bits & _mask(cue)).any(axis=1)
        bits[starts] |= _mask(name)
    negation = (bits & _mask("negation")).any(axis=1)
    reached = np.zeros(count, dtype=bool)
    for gap in range(1, min(SCOPE, count - 1) + 1):
        reached[gap:] |= negation[:-gap] & (sentence[gap:] == sentence[:-gap])
    if language == LANGUAGES[1] and count > 1:
        # in Swedish the verb comes before its "inte"
        reached[:-1] |= negation[1:] & (sentence[1:] == sentence[:-1])
    reached &= ~negation
    negated = np.where(reached[:, None], bits, np.uint64(0))
    praise = (bits & _mask("positive", "positive_strong", "thanks")).any(axis=1)
    blame = (bits & _mask("negative", "negative_strong", "broken", "wrong", "late", "missing")).any(axis=1)
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


def total(values: NDArray[np.int32], bounds: Ints) -> NDArray[np.int64]:
    """The sum of the rows between each bound and the next; 0 for an empty range."""
    found = np.zeros((len(bounds) - 1, *values.shape[1:]), dtype=np.int64)
    filled = np.diff(bounds) > 0
    if filled.any():
        found[filled] = np.add.reduceat(values, bounds[:-1][filled], axis=0, dtype=np.int64)
    return found


def _unpacked(bits: Bits, count: int) -> NDArray[np.uint8]:
    return np.unpackbits(bits.astype("<u8").view(np.uint8), axis=1, count=count, bitorder="little")


@cache
def _meeting_masks() -> tuple[Bits, Bits]:
    names = bit_names()
    return (
        np.array([names.index(a) for a, _ in MEETINGS], dtype=np.int64),  # type: ignore[return-value]
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
    one, other = _meeting_masks()
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
