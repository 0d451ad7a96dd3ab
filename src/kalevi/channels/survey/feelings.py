"""Everyday words for feelings, and beside some of them one of Plutchik's eight. No Django.

The mapping in `feelings.tsv` stands beside the words and never replaces them: what is kept is the word the
customer chose. A word that no single one of the eight covers has none.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kalevi.channels.survey.texts import Texts


@dataclass(frozen=True, slots=True)
class FeelingWord:
    """One word: tone is good, bad or open (either); plutchik one of the eight or empty."""

    key: str
    tone: str
    plutchik: str
    texts: Texts


@cache
def feeling_words() -> dict[str, FeelingWord]:
    """Return every word by its key, in the order of the circle."""
    lines = (files(__package__) / "feelings.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {key: FeelingWord(key, tone, beside.strip("-"), Texts(*t)) for key, tone, beside, *t in rows}


@cache
def _by_word() -> dict[str, FeelingWord]:
    words = feeling_words().values()
    return {text.casefold(): word for word in words for text in word.texts.to_json().values()}


def beside(words: str) -> str:
    """Return which of the eight stands beside a feeling told in these words; empty where none does."""
    found = _by_word().get(" ".join(words.split()).casefold())
    return found.plutchik if found else ""
