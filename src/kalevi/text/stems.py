"""Keys for full-text search that finds inflected forms: only their equality matters.

The same function makes the keys of a document and of a query. A word has one key, or two where its form does
not tell which word it is of.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import chain

from kalevi.text.stemming.english import english_keys
from kalevi.text.stemming.finnish import finnish_keys
from kalevi.text.stemming.swedish import swedish_keys

WORD = re.compile(r"\w+")
LONGEST_WORD = 40
CACHE_SIZE = 50_000


def unknown_keys(word: str) -> tuple[str, ...]:
    """The keys of `word` in all three languages, each once."""
    return tuple(dict.fromkeys((*finnish_keys(word), *swedish_keys(word), *english_keys(word))))


KEYS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "fi": finnish_keys,
    "sv": swedish_keys,
    "en": english_keys,
    "und": unknown_keys,
}
caches: dict[str, dict[str, tuple[str, ...]]] = {language: {} for language in KEYS}


def search_words(text: str, language: str) -> list[tuple[str, ...]]:
    """The keys of every word of `text` in order: a query finds what holds one key of each of its words.

    `language` is fi, sv, en or und; anything else counts as und. Single letters are left out.
    """
    return [keys for keys in _keys_of_words(text, language) if keys]


def search_keys(text: str, language: str) -> list[str]:
    """The index keys of `text`, each once, in order of first occurrence."""
    return list(dict.fromkeys(chain.from_iterable(_keys_of_words(text, language))))


def _keys_of_words(text: str, language: str) -> list[tuple[str, ...]]:
    language = language if language in KEYS else "und"
    known = caches[language]
    words = WORD.findall(lowered(text).replace("_", " "))
    try:
        return [known[word] for word in words]  # as a rule all words are known
    except KeyError:
        found = ((word, known.get(word)) for word in words)
        return [new_keys(word, language) if keys is None else keys for word, keys in found]


def new_keys(word: str, language: str) -> tuple[str, ...]:
    """The keys of a word not met lately, kept for the next time."""
    known = caches[language]
    if len(known) >= CACHE_SIZE:
        known.clear()
    keys = known[word] = word_keys(word, language)
    return keys


def word_keys(word: str, language: str) -> tuple[str, ...]:
    """The keys of one lower-case word; numbers are kept whole, single letters have none."""
    if word.isdigit() or len(word) > LONGEST_WORD:
        return (word[:LONGEST_WORD],)
    if len(word) < 2:
        return ()
    return KEYS[language](word)


def lowered(text: str) -> str:
    """`text` in lower case with composed letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).lower()
