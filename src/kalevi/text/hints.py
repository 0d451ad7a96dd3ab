"""What a word, in lower case and by itself, makes worth a closer look. A hint may be wrong, never missing."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

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
    if len(word) >= LONGEST_WORD:
        return ODD | NAME | INTRODUCES | STREET | BEGINS
    hint = 0
    fragments = [word]
    if not word.isalpha():
        pieces = _PIECE.findall(word)
        if not pieces:
            return NO_WORD
        if pieces != fragments:
            hint = ODD
        fragments = _FRAGMENT.findall(word)
    if KINDS[min(ord(word[0]), 65535)] == PICTURE:
        hint = ODD
    for fragment in fragments:
        if fragment in name_parts():
            hint |= NAME
        if fragment in introducing_words(1) and (len(fragment) > 1 or fragment == word):  # not of "don't"
            hint |= INTRODUCES
        if fragment in introducing_words(2):
            hint |= BEGINS
        if fragment in telling_words() or fragment.endswith(STREET_ENDINGS):
            hint |= STREET
    return hint
