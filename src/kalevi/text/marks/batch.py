"""The phrases in many texts at once: a first look at all words by bits, a second only where worth it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kalevi.text.hints import NO_WORD, ODD
from kalevi.text.kinds import Beginning, Kinds
from kalevi.text.marks.phrases import GAP, NEGATION_REACH, Found, Phrase, Word, spans_of, words_of
from kalevi.text.reading import Span
from kalevi.text.segments import Ints
from kalevi.text.signs import AFTER_STOP, HAS_ODD, JOINED
from kalevi.text.tokens import Tokens, lowered


class Heard(NamedTuple):
    """The phrases in one text; `spans_of(n)` says where its first n words stand."""

    phrases: list[Found]
    spans_of: Callable[[int], Sequence[Span]]


def heard_phrases(
    texts: Sequence[str], tokens: Tokens, kind_of: Ints, kinds: Kinds, wanted: NDArray[np.bool_]
) -> dict[int, Heard]:
    """The phrases in each text that is `wanted` and has any. `kind_of` is the kind of each word."""
    words = _Words(tokens, kind_of, kinds)
    odd = words.odd & wanted
    found = {row: heard for row in np.flatnonzero(odd).tolist() if (heard := heard_alone(texts[row], kinds))}
    places = words.worth_a_look()
    owners = np.searchsorted(words.starts, places, side="right") - 1
    chosen = (wanted & ~odd)[owners]
    places, owners = places[chosen], owners[chosen]
    search, offsets, starts = _Search(words), _Offsets(tokens, words), words.starts.tolist()
    for place, row in zip(places.tolist(), owners.tolist(), strict=True):
        if phrases := search.at(place, row):
            if row not in found:
                found[row] = Heard([], _Spans(offsets, starts[row]))
            found[row].phrases.extend(phrases)
    return found


def heard_alone(text: str, kinds: Kinds) -> Heard | None:
    """The phrases in one text, by the slower way that knows every letter."""
    low = lowered(text)
    words, stops = words_of(low)
    phrases = kinds.grammar.search_words(words, stops)
    return Heard(phrases, lambda upto: spans_of(low, words, upto)) if phrases else None


class _Words:
    """The words that phrases are made of: those with a letter, two that a hyphen joins as one."""

    def __init__(self, tokens: Tokens, kind_of: Ints, kinds: Kinds) -> None:
        hints = kinds.hints.take(kind_of)
        bounds = tokens.sentence_words[tokens.text_sentences]
        joined = (tokens.signs.words & JOINED) != 0
        self.places = np.flatnonzero(((hints & NO_WORD) == 0) & ~joined)
        self.kinds = kinds
        self.lasts = self.places
        self.odd = (tokens.signs.texts & HAS_ODD) != 0
        strange = np.flatnonzero(hints & ODD)
        if joined.any():
            kind_of = kind_of.copy()
            strange = np.append(strange, self._join(tokens, kind_of, hints, joined))
        self.odd[np.searchsorted(bounds, strange, side="right") - 1] = True
        self.kind_of = kind_of[self.places]
        stops = np.cumsum(tokens.signs.words & AFTER_STOP, dtype=np.int64)[self.places]
        self.after_stop = np.append(True, stops[1:] != stops[:-1])[: len(stops)]
        self.starts = np.searchsorted(self.places, bounds)

    def _join(
        self, tokens: Tokens, kind_of: Ints, hints: NDArray[np.uint8], joined: NDArray[np.bool_]
    ) -> Ints:
        """Give the first of joined words the kind of them all. Returns words that make their texts odd."""
        heads = np.flatnonzero(~joined)
        parts = np.flatnonzero(joined)
        head_of = heads[np.searchsorted(heads, parts) - 1]
        either = np.concatenate([parts, head_of])
        words = tokens.words_at(either)
        runs: dict[int, list[str]] = {}
        for head, part, word in zip(head_of.tolist(), words, words[len(parts) :], strict=False):
            runs.setdefault(head, [word]).append(part)
        for head, run in runs.items():
            kind_of[head] = self.kinds.of_phrase("-".join(run))
        self.lasts = self.places.copy()
        kept = (hints[head_of] & NO_WORD) == 0
        # in rising order: the last part stays
        self.lasts[np.searchsorted(self.places, head_of[kept])] = parts[kept]
        strange: Ints = either[(hints[either] & NO_WORD) != 0]
        return strange

    def worth_a_look(self) -> Ints:
        """The words at which a phrase may start, seeing what the next words in the sentence offer."""
        count = len(self.kind_of)
        worth = self.kinds.opening.take(self.kind_of) & self.after_stop
        worth |= self.kinds.alone.take(self.kind_of)
        next_offers, near_offers = (bits.take(self.kind_of) for bits in self.kinds.offers[:2])
        next_needs, near_needs = (bits.take(self.kind_of) for bits in self.kinds.needs[:2])
        soon = near_offers[1:].copy()
        for gap in range(2, GAP + 2):
            if count > gap:
                soon[: count - gap] |= near_offers[gap:]
        within = ~self.after_stop[1:]
        self.gapped = np.zeros(count, dtype=bool)
        gapped = np.flatnonzero(((near_needs[:-1] & soon) != 0) & within)
        self.gapped[gapped[self._again(gapped, 3, GAP + 1)]] = True
        worth |= self.gapped
        pairs = np.flatnonzero(((next_needs[:-1] & next_offers[1:]) != 0) & within)
        worth[pairs[self._again(pairs, 2, 1)]] = True
        return np.flatnonzero(worth)

    def _again(self, places: Ints, column: int, reach: int) -> NDArray[np.bool_]:
        """Whether a second look by other bits, at the next `reach` words, finds the places worth it too."""
        offers, last = self.kinds.offers[column], len(self.kind_of) - 1
        seen = np.zeros(len(places), dtype=np.uint64)
        for gap in range(1, reach + 1):
            seen |= offers.take(self.kind_of.take(np.minimum(places + gap, last)))
        found: NDArray[np.bool_] = (self.kinds.needs[column].take(self.kind_of.take(places)) & seen) != 0
        return found


class _Search:
    """Looks for the phrases that start at a word."""

    def __init__(self, words: _Words) -> None:
        kinds = words.kinds
        negation = kinds.negation.take(words.kind_of)
        stopped = words.after_stop
        sentence = np.cumsum(stopped)
        before = np.zeros(len(negation), dtype=bool)
        for gap in range(1, NEGATION_REACH + 1):
            before[gap:] |= negation[:-gap] & (sentence[gap:] == sentence[:-gap])
        after = np.zeros(len(negation) + 1, dtype=bool)
        if kinds.grammar.negation_follows:
            after[:-2] = negation[1:] & ~stopped[1:]
        # bytes are looked up faster than arrays and made faster than lists
        self._stopped, self._gapped = np.append(stopped, True).tobytes(), words.gapped.tobytes()
        self._before, self._after = before.tobytes(), after.tobytes()
        self._negation = negation.tobytes()
        self._kind_of = words.kind_of.tolist()
        self._kinds, self._starts = kinds, words.starts.tolist()
        self._row = -1
        self._looked: list[Word] = []
        self._stops: list[bool] = []

    def at(self, place: int, row: int) -> list[Found]:
        """The phrases that start at `place` of the words of text `row`."""
        stopped, kind_of = self._stopped, self._kind_of
        following = -1 if stopped[place + 1] else kind_of[place + 1]
        phrases: Sequence[Beginning] = self._kinds.phrases(kind_of[place], following)
        if self._gapped[place]:
            phrases = self._with_gapped(phrases, place, row)
        found = []
        for phrase, length, third in phrases:
            if phrase.at_start and not stopped[place]:
                continue
            if third is not None and (
                stopped[place + 2] or third.isdisjoint(self._kinds.words[kind_of[place + 2]].atoms)
            ):
                continue
            last = place + length - 1 if length else self._last(phrase, place, row)
            if last < 0 or (not phrase.under_negation and self._negated(phrase, place, last)):
                continue
            start = self._starts[row]
            found.append(Found(phrase.mark, phrase.weight, place - start, last - start))
        return found

    def _negated(self, phrase: Phrase, place: int, last: int) -> bool:
        """Whether a negation reaches the phrase of the words `place` to `last`."""
        if self._before[place] or self._after[last]:
            return True
        return phrase.may_hold_negation and 1 in self._negation[place : last + 1]

    def _see(self, row: int) -> int:
        """Have the words of a text at hand; where it starts."""
        start: int = self._starts[row]
        if row != self._row:
            end = self._starts[row + 1]
            self._looked = [self._kinds.words[kind] for kind in self._kind_of[start:end]]
            self._row, self._stops = row, list(map(bool, self._stopped[start:end]))
        return start

    def _with_gapped(self, phrases: Sequence[Beginning], place: int, row: int) -> list[Beginning]:
        """The phrases and those whose next word may stand a little further away."""
        start = self._see(row)
        found = {beginning.phrase: beginning for beginning in phrases}
        gapped = self._looked[place - start].gapped
        for near in self._looked[place - start + 1 : place - start + GAP + 2]:
            for atom in near.atoms:
                for phrase in gapped.get(atom, ()):
                    found.setdefault(phrase, Beginning(phrase, 0, None))
        return list(found.values())

    def _last(self, phrase: Phrase, place: int, row: int) -> int:
        """The last word of a phrase of many words that starts at `place`; -1 where it does not go on."""
        start = self._see(row)
        last = self._kinds.grammar.last_of(phrase.elements, self._looked, self._stops, place - start)
        return last + start if last >= 0 else -1


class _Offsets:
    """Where the words of a batch stand in their texts, worked out for all when first asked."""

    def __init__(self, tokens: Tokens, words: _Words) -> None:
        self._tokens, self._starts = tokens, words.starts
        self._places, self._lasts = words.places, words.lasts

    @cached_property
    def spans(self) -> list[Span]:
        """One span a word."""
        shift = np.repeat(self._tokens.text_starts[: len(self._starts) - 1], np.diff(self._starts))
        starts = (self._tokens.word_starts[self._places] - shift).tolist()
        ends = (self._tokens.word_ends[self._lasts] - shift).tolist()
        return list(zip(starts, ends, strict=True))


class _Spans:
    """Where the words of one text stand in it."""

    def __init__(self, offsets: _Offsets, first: int) -> None:
        self._offsets, self._first = offsets, first

    def __call__(self, upto: int) -> list[Span]:
        return self._offsets.spans[self._first : self._first + upto]
