"""The marks of many texts at once: a first look at all words by bits, a second only where worth it."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kalevi.text.hints import NO_WORD, ODD
from kalevi.text.marks import marks, told
from kalevi.text.marks.phrases import GAP, Word
from kalevi.text.reading import Mark, Span
from kalevi.text.signs import AFTER_STOP, HAS_ODD
from kalevi.text.tokens import Ints, Tokens
from kalevi.text.words import Phrases

Marks = tuple[Mark, ...]


def batch_marks(
    texts: Sequence[str],
    tokens: Tokens,
    numbers: Ints,
    known: Phrases,
    wanted: NDArray[np.bool_],
    times: Sequence[date | None],
) -> list[Marks]:
    """`marks` of each text that is `wanted`; none of others. `numbers` are the words' rows in `known`."""
    found: list[Marks] = [()] * len(texts)
    hints = known.hints.take(numbers)
    bounds = tokens.sentence_words[tokens.text_sentences]
    kept = np.flatnonzero((hints & NO_WORD) == 0)
    rows = numbers[kept]
    stops = np.cumsum(tokens.signs.words & AFTER_STOP, dtype=np.int64)[kept]
    after_stop = np.append(True, stops[1:] != stops[:-1])[: len(stops)]
    odd = (tokens.signs.texts & HAS_ODD) != 0
    odd[np.searchsorted(bounds, np.flatnonzero(hints & ODD), side="right") - 1] = True
    for row in np.flatnonzero(odd & wanted).tolist():
        found[row] = marks(texts[row], known.language, times[row])
    places = _worth_a_look(known.offers.take(rows, axis=0), known.needs.take(rows, axis=0), after_stop)
    starts = np.searchsorted(kept, bounds)
    owners = np.searchsorted(starts, places, side="right") - 1
    chosen = (wanted & ~odd)[owners]
    places, owners = places[chosen], owners[chosen]
    firsts = np.flatnonzero(np.append(True, owners[1:] != owners[:-1])[: len(owners)])
    lasts = np.append(firsts, len(owners))[1:].tolist()
    begins, ends = starts.tolist(), starts[1:].tolist()
    owner_of = owners[firsts].tolist()
    relative = (places - starts[owners]).tolist()
    word_of = known.words
    for row, first, last in zip(owner_of, firsts.tolist(), lasts, strict=True):
        begin, end = begins[row], ends[row]
        looked: list[Word] = [word_of[number] for number in rows[begin:end].tolist()]
        phrases = known.grammar.search(looked, after_stop[begin:end].tolist(), relative[first:last])
        if phrases:
            where = _Spans(tokens, kept[begin:end], int(tokens.text_starts[row]))
            found[row] = told(phrases, where, texts[row], known.language, times[row])
    return found


class _Spans:
    """Where the words of one text stand in it."""

    def __init__(self, tokens: Tokens, words: Ints, start: int) -> None:
        self._tokens, self._words, self._start = tokens, words, start

    def __call__(self, upto: int) -> list[Span]:
        words = self._words[:upto]
        begins = (self._tokens.word_starts[words] - self._start).tolist()
        return list(zip(begins, (self._tokens.word_ends[words] - self._start).tolist(), strict=True))


def _worth_a_look(
    offers: NDArray[np.uint64], needs: NDArray[np.uint64], after_stop: NDArray[np.bool_]
) -> Ints:
    """The words at which a phrase may start, seeing what the next words in the sentence offer."""
    count = len(offers)
    worth = needs[:, 2] != 0
    near = offers[1:, 0].copy()
    soon = offers[1:, 1].copy()
    for gap in range(2, GAP + 2):
        if count > gap:
            soon[: count - gap] |= offers[gap:, 1]
    going_on = ((needs[:-1, 0] & near) | (needs[:-1, 1] & soon)) != 0
    worth[:-1] |= going_on & ~after_stop[1:]
    return np.flatnonzero(worth)
