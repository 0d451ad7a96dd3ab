"""Finds phrases of a small grammar in the words of a text, in time linear in its length.

A line of `fi.tsv`, `sv.tsv` or `en.tsv` is a mark, a weight and a pattern. A weight is between 0 and 1, or
below 0 for what speaks against. A pattern is a row of words: `word`, a beginning `word*`, alternatives
`one|other*`, `_` for any one word, `~` for up to three, and `^` in front for the start of a sentence. Its
words stand in one sentence. A weight with `!` holds under a negation too; others are dropped where a negation
stands within three words before, in a gap of the phrase (unless it names a negation itself) or, in Swedish,
right after.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from kalevi.text.beginnings import Beginnings, bits_of, numbers_of
from kalevi.text.beside import text_beside

# Every alternative takes a whole run at once, so that no character is looked at more than twice.
TOKEN = re.compile(r"\w++(?:['’-]\w++)*+|[.!?…\n]++")
STOPS = frozenset(".!?…\n")
GAP = 3
NEGATION_REACH = 3
LONGEST_WORD = 40
_APART = 2_654_435_761  # Knuth's multiplier: neighbours in one folding are none in the other
CACHE_SIZE = 50_000
ANY, SKIP = frozenset({-1}), frozenset({-2})

Atoms = frozenset[int]
Bits = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One line of the grammar; `elements` are sets of atoms, of which a word has to fit one."""

    mark: str
    weight: float
    elements: tuple[Atoms, ...]
    at_start: bool
    under_negation: bool
    may_hold_negation: bool


class Found(NamedTuple):
    """A phrase found: words `first` to `last` of the text."""

    mark: str
    weight: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Word:
    """What one word may be in a phrase: its atoms, and the phrases that may start with it.

    `pairs` are by an atom of the word that has to follow, `gapped` by an atom of a word soon after. `offers`
    and `needs` say the same in bits, for a first look at many words at once: a phrase may start here only
    where a bit of `needs[0]` is in the next word's `offers[0]`, or one of `needs[1]` in `offers[1]` of one of
    the next GAP + 1 words; the third and the fourth say the same by other bits, for a second look.
    """

    atoms: Atoms
    alone: tuple[Phrase, ...]
    pairs: dict[int, list[Phrase]]
    gapped: dict[int, list[Phrase]]
    offers: Bits
    needs: Bits


Looked = Sequence[Word]
PLAIN = Word(frozenset(), (), {}, {}, (0, 0, 0, 0), (0, 0, 0, 0))


class Grammar:
    """The phrases of one language, from lines of the grammar; one of them names its words of negation."""

    def __init__(self, language: str, text: str, negation_in_gaps: bool = False) -> None:
        """`negation_in_gaps`: whether a negation in a gap of a phrase that names none itself silences it."""
        self.negation_follows, self._negation_in_gaps = language == "sv", negation_in_gaps
        self.exact: dict[str, set[int]] = {}
        self.by_first: dict[int, list[Phrase]] = {}
        self.known: dict[str, Word] = {}
        self.by_bits: dict[int, Word] = {0: PLAIN}
        self.numbers: dict[str, int] = {}
        rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
        (negations,) = [row[2] for row in rows if row[0] == "negation"]
        self.starts: dict[str, set[int]] = {}
        self.negation = self._element(negations)
        for mark, weight, pattern in rows:
            if mark != "negation":
                self._add(mark, weight, pattern.split())
        self._beginnings = Beginnings({start: bits_of(atoms) for start, atoms in self.starts.items()})
        self._exact_bits = {word: bits_of(atoms) for word, atoms in self.exact.items()}

    def _element(self, words: str) -> Atoms:
        if words in ("_", "~"):
            return ANY if words == "_" else SKIP
        atoms = set()
        for word in words.split("|"):
            number = self.numbers.setdefault(word, len(self.numbers))
            table, key = (self.starts, word[:-1]) if word.endswith("*") else (self.exact, word)
            table.setdefault(key, set()).add(number)
            atoms.add(number)
        return frozenset(atoms)

    def _add(self, mark: str, weight: str, pattern: list[str]) -> None:
        at_start = pattern[0] == "^"
        elements = tuple(map(self._element, pattern[at_start:]))
        gapped = self._negation_in_gaps and (SKIP in elements or ANY in elements)
        may_hold_negation = gapped and all(self.negation.isdisjoint(element) for element in elements)
        phrase = Phrase(
            mark, float(weight.rstrip("!")), elements, at_start, weight.endswith("!"), may_hold_negation
        )
        for atom in elements[0]:
            self.by_first.setdefault(atom, []).append(phrase)

    def bits(self, word: str) -> int:
        """The atoms, as bits, of a word in lower case."""
        plain = word[:LONGEST_WORD].replace("’", "'")
        return self._beginnings.of(plain) | self._exact_bits.get(plain, 0)

    def word(self, word: str) -> Word:
        """What a word in lower case may be."""
        return self.word_of(self.bits(word))

    def word_of(self, bits: int) -> Word:
        """What a word with these atoms may be."""
        found = self.by_bits.get(bits)
        if found is None:
            found = self.by_bits[bits] = self._word(frozenset(numbers_of(bits)))
        return found

    def _look_up(self, word: str) -> Word:
        if len(self.known) >= CACHE_SIZE:
            self.known.clear()
        found = self.known[word] = self.word(word)
        return found

    def _word(self, atoms: Atoms) -> Word:
        phrases = {id(phrase): phrase for atom in sorted(atoms) for phrase in self.by_first.get(atom, ())}
        alone: list[Phrase] = []
        pairs: dict[int, list[Phrase]] = {}
        gapped: dict[int, list[Phrase]] = {}
        for phrase in phrases.values():
            rest = phrase.elements[1:]
            if not rest:
                alone.append(phrase)
            table, key = (
                (gapped, rest[1]) if rest and rest[0] in (SKIP, ANY) else (pairs, rest[0] if rest else ())
            )
            for atom in key:
                table.setdefault(atom, []).append(phrase)
        offers = _bits(atoms & self.following[0], atoms & self.following[1])
        return Word(atoms, tuple(alone), pairs, gapped, offers, _bits(pairs, gapped))

    @cached_property
    def following(self) -> tuple[Atoms, Atoms]:
        """The atoms that some phrase has second, and those that it has after a gap."""
        rests = [phrase.elements[1:] for these in self.by_first.values() for phrase in these]
        gaps = [rest for rest in rests if rest and rest[0] in (SKIP, ANY)]
        pairs = [rest for rest in rests if rest and rest[0] not in (SKIP, ANY)]
        return frozenset().union(*(rest[0] for rest in pairs)), frozenset().union(*(rest[1] for rest in gaps))

    def search(self, looked: Looked, stops: Sequence[bool], places: Iterable[int]) -> list[Found]:
        """The phrases that start at `places` of the words of a text, in order.

        `stops[i]` says whether a sentence may end right before word i.
        """
        found = []
        for place in places:
            word = looked[place]
            phrases = list(word.alone)
            if word.pairs and place + 1 < len(looked):
                pairs = word.pairs
                for atom in looked[place + 1].atoms:
                    if atom in pairs:
                        phrases += pairs[atom]
            if word.gapped:
                gapped = word.gapped
                for near in looked[place + 1 : place + GAP + 2]:
                    for atom in near.atoms:
                        if atom in gapped:
                            phrases += gapped[atom]
            for phrase in dict.fromkeys(phrases) if len(phrases) > 1 else phrases:
                if phrase.at_start and place and not stops[place]:
                    continue
                last = (
                    self.last_of(phrase.elements, looked, stops, place) if len(phrase.elements) > 1 else place
                )
                if last < 0 or (
                    not phrase.under_negation and self._negated(looked, stops, place, last, phrase)
                ):
                    continue
                found.append(Found(phrase.mark, phrase.weight, place, last))
        return found

    def last_of(self, elements: tuple[Atoms, ...], looked: Looked, stops: Sequence[bool], place: int) -> int:
        """The place of the last word of the phrase that starts at `place`; -1 where it does not go on."""
        gap = 0
        for element in elements[1:]:
            if element is SKIP:
                gap = GAP
                continue
            for ahead in range(place + 1, min(place + 2 + gap, len(looked))):
                if stops[ahead]:
                    return -1
                if element is ANY or not element.isdisjoint(looked[ahead].atoms):
                    place = ahead
                    break
            else:
                return -1
            gap = 0
        return place

    def _negated(self, looked: Looked, stops: Sequence[bool], first: int, last: int, phrase: Phrase) -> bool:
        negation = self.negation
        if phrase.may_hold_negation and any(
            not negation.isdisjoint(word.atoms) for word in looked[first : last + 1]
        ):
            return True
        if (
            self.negation_follows
            and last + 1 < len(looked)
            and not stops[last + 1]
            and not negation.isdisjoint(looked[last + 1].atoms)
        ):
            return True
        for before in range(first - 1, max(-1, first - 1 - NEGATION_REACH), -1):
            if stops[before + 1]:
                return False
            if not negation.isdisjoint(looked[before].atoms):
                return True
        return False

    def search_words(self, words: Sequence[str], stops: Sequence[bool]) -> list[Found]:
        """Every phrase that stands in `words` (in lower case), in order."""
        known = self.known
        looked = [known.get(word) or self._look_up(word) for word in words]
        return self.search(looked, stops, (n for n, word in enumerate(looked) if word is not PLAIN))


def _bits(following: Iterable[int], near: Iterable[int]) -> Bits:
    """The atoms of both as bits of 64, where several may share one, and again with other neighbours."""
    near, following = list(near), list(following)
    again = [[atom * _APART >> 20 for atom in atoms] for atoms in (following, near)]
    return _folded(following), _folded(near), _folded(again[0]), _folded(again[1])


def _folded(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << (number % 64)
    return bits


@cache
def grammar(language: str) -> Grammar:
    """The grammar of fi, sv or en."""
    return Grammar(language, text_beside(__file__, f"{language}.tsv"), negation_in_gaps=True)


def words_of(low: str) -> tuple[list[str], list[bool]]:
    """The words of a text in lower case, and whether a sentence may end right before each."""
    words: list[str] = []
    stops: list[bool] = []
    stopped = True
    for token in TOKEN.findall(low):
        if token[0] in STOPS:
            stopped = True
        else:
            words.append(token)
            stops.append(stopped)
            stopped = False
    return words, stops


def spans_of(low: str, words: list[str], upto: int) -> list[tuple[int, int]]:
    """Where the first `upto` of the words of a text stand; what lies between words is part of none."""
    spans, place = [], 0
    for word in words[:upto]:
        start = low.find(word, place)
        place = start + len(word)
        spans.append((start, place))
    return spans
