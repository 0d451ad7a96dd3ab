"""A company's own themes, found by a few seed words each, in any inflected form and in compounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kalevi.text.reading import Span, Theme
from kalevi.text.stems import word_keys
from kalevi.text.tokens import LONGEST_WORD, Tokens, lowered

CONFIDENCE = 0.8
_SHORTEST_BEGINNING = 5
MOST_WORDS = 50_000


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
        self._seen: dict[str, tuple[int, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._seeds)

    def _begun(self, word: str) -> tuple[int, ...]:
        """The seeds whose first word this may be."""
        if word not in self._seen:
            if len(self._seen) > MOST_WORDS:
                self._seen.clear()
            self._seen[word] = tuple(n for n, (_, parts) in enumerate(self._seeds) if parts[0].fits(word))
        return self._seen[word]

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
                    if len(following) == len(parts) and all(map(_Part.fits, parts, following)):
                        end = int(tokens.word_ends[place + len(parts) - 1]) - shift
                        spans.setdefault(key, []).append((int(tokens.word_starts[place]) - shift, end))
            if spans:
                found[row] = [
                    Theme(key, tuple(dict.fromkeys(where)), CONFIDENCE) for key, where in spans.items()
                ]
        return found
