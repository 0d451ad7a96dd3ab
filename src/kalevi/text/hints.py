"""What a word, in lower case and by itself, makes worth a closer look. A hint may be wrong, never missing."""

import re
from functools import cache

from kalevi.text.beginnings import Beginnings
from kalevi.text.personal.addresses import STREET_ENDINGS, telling_words
from kalevi.text.personal.codes import PLATE_CUES
from kalevi.text.personal.names import introducing_words, name_parts
from kalevi.text.signs import KINDS, PICTURE
from kalevi.text.tokens import LONGEST_WORD

NO_WORD = 1  # a picture, a face, or "!"
ODD = 2  # may be another word to the grammar of phrases
NAME = 4  # with a capital letter it may be a name
INTRODUCES = 8  # a name may follow
STREET = 16  # with a number it may be an address
BEGINS = 32  # a name may follow after one more word
PLATED = 64  # a licence plate may follow

_PIECE = re.compile(r"\w+(?:['’-]\w+)*")
_FRAGMENT = re.compile(r"[^\W\d_]+|\d+")


def hint_of(word: str) -> int:
    """The hints of a word."""
    if len(word) >= LONGEST_WORD:
        return ODD | NAME | INTRODUCES | STREET | BEGINS | PLATED
    exact, endings = exact_hints(), street_endings()
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
def exact_hints() -> dict[str, int]:
    """The hints of whole words."""
    exact: dict[str, int] = {}
    for bit, words in (
        (NAME, name_parts()),
        (INTRODUCES, introducing_words(1)),
        (BEGINS, introducing_words(2)),
        (STREET, telling_words()),
        (PLATED, PLATE_CUES),
    ):
        for word in words:
            exact[word] = exact.get(word, 0) | bit
    return exact


@cache
def street_endings() -> Beginnings:
    """The endings, turned around, of words that hint at a street."""
    return Beginnings({ending[::-1]: STREET for ending in STREET_ENDINGS})
