"""What a word, in lower case and by itself, makes worth a closer look. A hint may be wrong, never missing."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kalevi.text.beginnings import Beginnings
from kalevi.text.personal.addresses import STREET_ENDINGS, telling_words
from kalevi.text.personal.names import introducing_words, name_parts
from kalevi.text.signs import KINDS, PICTURE
from kalevi.text.tokens import LONGEST_WORD

NO_WORD = 1  # a picture, a face, or "!"
ODD = 2  # may be another word to the grammar of phrases
NAME = 4  # with a capital letter it may be a name
INTRODUCES = 8  # a name may follow
STREET = 16  # with a number it may be an address
BEGINS = 32  # a name may follow after one more word

_PIECE = re.compile(r"\w+(?:['’-]\w+)*")
_FRAGMENT = re.compile(r"[^\W\d_]+|\d+")


def hints(words: Sequence[str]) -> NDArray[np.uint8]:
    """The hints of each word."""
    return np.array([_hint(word) for word in words], dtype=np.uint8)


def _hint(word: str) -> int:
    exact, endings = _known()
    if len(word) >= LONGEST_WORD:
        return ODD | NAME | INTRODUCES | STREET | BEGINS
    if word.isalpha():
        return exact.get(word, 0) | endings.of(word[::-1])
    pieces = _PIECE.findall(word)
    if not pieces:
        return NO_WORD
    hint = ODD if pieces != [word] or KINDS[min(ord(word[0]), 65535)] == PICTURE else 0
    for fragment in _FRAGMENT.findall(word):
        if len(fragment) > 1:  # not the t of "don't"
            hint |= exact.get(fragment, 0) | endings.of(fragment[::-1])
    return hint


@cache
def _known() -> tuple[dict[str, int], Beginnings]:
    """The hints of whole words, and those of endings turned around."""
    exact: dict[str, int] = {}
    for bit, words in (
        (NAME, name_parts()),
        (INTRODUCES, introducing_words(1)),
        (BEGINS, introducing_words(2)),
        (STREET, telling_words()),
    ):
        for word in words:
            exact[word] = exact.get(word, 0) | bit
    street = STREET.bit_length() - 1
    return exact, Beginnings({ending[::-1]: [street] for ending in STREET_ENDINGS})
