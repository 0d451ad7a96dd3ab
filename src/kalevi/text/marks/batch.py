"""The marks of many texts at once: a first look at all words by bits, a second only where worth it."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from kalevi.text.hints import NO_WORD, ODD
from kalevi.text.marks import marks, told
from kalevi.text.marks.phrases import GAP
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
    bounds_of = starts.tolist()
    relative = (places - starts[owners]).tolist()
    # one list each for the whole batch: many short ones would take longer than the search itself
    every_word = list(map(known.words.__getitem__, rows.tolist()))
    every_stop = after_stop.tolist()
    shift = tokens.text_starts[np.repeat(np.arange(len(texts)), np.diff(starts))]
    word_starts = (tokens.word_starts[kept] - shift).tolist()
    word_ends = (tokens.word_ends[kept] - shift).tolist()
    for row, first, last in zip(owners[firsts].tolist(), firsts.tolist(), lasts, strict=True):
        begin, end = bounds_of[row], bounds_of[row + 1]
        phrases = known.grammar.search(every_word[begin:end], every_stop[begin:end], relative[first:last])
        if phrases:
            spans = _Spans(word_starts, word_ends, begin)
            found[row] = told(phrases, spans, texts[row], known.language, times[row])
    return found


class _Spans:
    """Where the words of one text stand in it."""

    def __init__(self, starts: list[int], ends: list[int], first: int) -> None:
        self._starts, self._ends, self._first = starts, ends, first

    def __call__(self, upto: int) -> list[Span]:
        chosen = slice(self._first, self._first + upto)
        return list(zip(self._starts[chosen], self._ends[chosen], strict=True))


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
