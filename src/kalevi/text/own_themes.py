"""A company's own themes, found by a few seed words each, in any inflected form and in compounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kalevi.text.reading import Span, Theme
from kalevi.text.stems import word_keys
from kalevi.text.tokens import LONGEST_WORD, Tokens, lowered, tokenise

CONFIDENCE = 0.8
_SHORTEST_BEGINNING = 5
MOST_WORDS = 50_000
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a seed: the keys its forms share, and how its longer forms and compounds begin."""

    keys: frozenset[str]
    beginning: str

    @classmethod
    def of(cls, word: str) -> "_Part":
        word = lowered(word)[:LONGEST_WORD]
        # of a long word the beginning is the same in all its forms; a short one begins too many others
        size = max(_SHORTEST_BEGINNING, len(word) - 2)
        return cls(_keys(word), word[:size] if len(word) >= _SHORTEST_BEGINNING else "")

    def fits(self, word: str) -> bool:
        """Whether a word in lower case may be a form of this one, or a compound that begins with it."""
        return bool(self.beginning and word.startswith(self.beginning)) or not self.keys.isdisjoint(
            _keys(word)
        )


def _keys(word: str) -> frozenset[str]:
    """The keys of a word in all three languages: a seed is given in one and said in another."""
    return frozenset(word_keys(word, "und")) or frozenset([word])


class OwnThemes:
    """Finds the words that are forms of a seed. A seed of several words needs each of them in a row."""

    def __init__(self, themes: Mapping[str, Sequence[str]]) -> None:
        self._seeds = [
            (key, tuple(map(_Part.of, seed.split())))
            for key, seeds in themes.items()
            for seed in seeds
            if seed.split()
        ]
        self._by_key: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        for number, (_, parts) in enumerate(self._seeds):
            for same in sorted(parts[0].keys):
                self._by_key.setdefault(same, []).append(number)
            if parts[0].beginning:
                self._by_beginning.setdefault(parts[0].beginning, []).append(number)
        self._sizes = sorted({len(beginning) for beginning in self._by_beginning})
        self._seen: dict[str, tuple[int, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._seeds)

    def _begun(self, word: str) -> tuple[int, ...]:
        """The seeds whose first word this may be."""
        if word not in self._seen:
            if len(self._seen) > MOST_WORDS:
                self._seen.clear()
            begun = {number for key in _keys(word) for number in self._by_key.get(key, ())}
            for size in self._sizes:
                begun.update(self._by_beginning.get(word[:size], ()))
            self._seen[word] = tuple(sorted(begun))
        return self._seen[word]

    def of(self, texts: Sequence[str]) -> list[tuple[Theme, ...]]:
        """The own themes of each text, with the words that carry them; nothing else is read."""
        themes: list[tuple[Theme, ...]] = []
        for start in range(0, len(texts), AT_ONCE):
            part = texts[start : start + AT_ONCE]
            found = self.find(tokenise(part)) if self._seeds else {}
            themes += [tuple(found.get(row, ())) for row in range(len(part))]
        return themes

    def find(self, tokens: Tokens) -> dict[int, list[Theme]]:
        """The own themes of each text that has any, in the order of their first words."""
        bounds = tokens.sentence_words[tokens.text_sentences].tolist()
        found, words = {}, tokens.words
        for row, (first, last) in enumerate(pairwise(bounds)):
            spans: dict[str, list[Span]] = {}
            shift = int(tokens.text_starts[row])
            for place in range(first, last):
                for number in self._begun(words[place]):
                    key, parts = self._seeds[number]
                    following = words[place : min(place + len(parts), last)]
                    if len(following) == len(parts) and all(map(_Part.fits, parts[1:], following[1:])):
                        end = int(tokens.word_ends[place + len(parts) - 1]) - shift
                        spans.setdefault(key, []).append((int(tokens.word_starts[place]) - shift, end))
            if spans:
                found[row] = [
                    Theme(key, tuple(dict.fromkeys(where)), CONFIDENCE) for key, where in spans.items()
                ]
        return found
