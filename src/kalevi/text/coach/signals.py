"""What a draft does, sentence by sentence: it meets, owns, acts, passes on, excuses, blames."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kalevi.text.marks.phrases import Grammar, spans_of, words_of
from kalevi.text.reading import Span


class Signal(NamedTuple):
    """A phrase that was found; `weight` says how much it means, between 0 and 1."""

    name: str
    span: Span
    weight: float


@cache
def coach_grammar(language: str) -> Grammar:
    """The phrases of the coach in fi, sv or en."""
    return Grammar(language, (files(__package__) / "phrases" / f"{language}.tsv").read_text(encoding="utf-8"))


def signals(text: str, language: str) -> Mapping[str, list[Signal]]:
    """The signals of `text` by name, in order of place; of several in one place the longest.

    A text in none of the three languages is looked at as English.
    """
    language = language if language in ("fi", "sv", "en") else "en"
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one) == 1 else original for original in text for one in [original.lower()])
    words, stops = words_of(low)
    found = coach_grammar(language).search_words(words, stops)
    spans = spans_of(low, words, len(words))
    by_name: dict[str, list[Signal]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.first, -one.last)):
        span = (spans[one.first][0], spans[one.last][1])
        before = by_name[one.mark]
        if not before or span[0] >= before[-1].span[1]:
            before.append(Signal(one.mark, span, one.weight))
    return by_name
