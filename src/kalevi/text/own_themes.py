"""A company's own themes, found by a few seed words in any inflection."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from kalevi.text.reading import Span, Theme
from kalevi.text.tokens import LONGEST_WORD, Tokens, lowered

CONFIDENCE = 0.8
_SHORTEST_STEM = 4
MOST_WORDS = 50_000


def _stem(word: str) -> str:
    """The beginning that inflected forms share, roughly: "tilaus" and "tilauksen" begin alike."""
    word = lowered(word)[:LONGEST_WORD]
    return word if len(word) <= _SHORTEST_STEM else word[: max(_SHORTEST_STEM, len(word) - 2)]


class OwnThemes:
    """Finds the words that begin like a seed. A seed of several words needs each beginning in a row."""

    def __init__(self, themes: Mapping[str, Sequence[str]]) -> None:
        self._seeds = [
            (key, tuple(_stem(word) for word in seed.split()))
            for key, seeds in themes.items()
            for seed in seeds
            if seed.split()
        ]
        self._seen: dict[str, tuple[int, ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._seeds)

    def _begun(self, word: str) -> tuple[int, ...]:
        if word not in self._seen:
            if len(self._seen) > MOST_WORDS:
                self._seen.clear()
            self._seen[word] = tuple(
                n for n, (_, stems) in enumerate(self._seeds) if word.startswith(stems[0])
            )
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
                    key, stems = self._seeds[number]
                    following = words[place : min(place + len(stems), last)]
                    if len(following) == len(stems) and all(map(str.startswith, following, stems)):
                        end = int(tokens.word_ends[place + len(stems) - 1]) - shift
                        spans.setdefault(key, []).append((int(tokens.word_starts[place]) - shift, end))
            if spans:
                found[row] = [
                    Theme(key, tuple(dict.fromkeys(where)), CONFIDENCE) for key, where in spans.items()
                ]
        return found
