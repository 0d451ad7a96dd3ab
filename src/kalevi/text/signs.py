"""What single characters tell about words and texts, looked up for a whole batch at once."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Kinds = NDArray[np.uint8]
Points = NDArray[np.uint32]
Places = NDArray[np.int64]

LETTER, MARK, PICTURE, QUOTE = 1, 2, 3, 4
STOP, CAPITAL, DIGIT, AT, HYPHEN, BETWEEN_DIGITS, OTHER_DIGIT = 1, 2, 3, 4, 5, 6, 7
# of a word
AFTER_STOP, CAPITALISED, JOINED = 1, 2, 4
# of a text
HAS_DIGIT, HAS_ADDRESS, HAS_ODD, HAS_LONG_NUMBER, HAS_PLATE = 1, 2, 4, 8, 16
LONG_NUMBER = 6
# What keyboards put for "'": telephones the curved one, Nordic keys often an accent.
APOSTROPHES = "’‘ʼ´`′＇"


@dataclass(frozen=True, slots=True)
class Signs:
    """Bits of each word: AFTER_STOP (a sentence may end right before), CAPITALISED (holds a capital letter),
    JOINED (a hyphen joins it to the word before).

    Bits of each text: HAS_DIGIT, HAS_ADDRESS ("@" after a character), HAS_LONG_NUMBER (six characters of
    numbers such as phones have), HAS_PLATE (a hyphen between a capital and a digit), and HAS_ODD (letters
    that are in no word: phrases have to look at such a text by themselves).
    """

    words: NDArray[np.uint8]
    texts: NDArray[np.uint8]


def points_of(text: str) -> Points:
    """The number of every character."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _all() -> str:
    """The first 65,536 characters."""
    # halves of pairs are put together one by one: packed they would each raise an error first
    before, after = (np.arange(*ends, dtype="<u4").tobytes().decode("utf-32-le") for ends in _WHOLE)
    return before + "".join(map(chr, range(_WHOLE[0][1], _WHOLE[1][0]))) + after


_WHOLE = (0, 0xD800), (0xE000, 0x10000)
ALL = _all()


def _spans(pattern: str) -> list[tuple[int, int]]:
    """Which of the first 65,536 characters fit a pattern, as ranges."""
    return [match.span() for match in re.finditer(pattern, ALL)]


def _kinds() -> Kinds:
    """What each of the first 65,536 characters is: part of a word, "!" or "?", a picture, a quote."""
    kinds = np.zeros(65536, dtype=np.uint8)
    for start, end in _spans(r"\w+"):
        kinds[start:end] = LETTER
    kinds[0x300:0x370] = LETTER  # accents written after their letter
    kinds[0x2600:0x27C0] = PICTURE
    kinds[[ord("!"), ord("?")]] = MARK
    kinds[ord("'")] = QUOTE
    return kinds


def _signs() -> Kinds:
    signs = np.zeros(65536, dtype=np.uint8)
    for start, end in _spans(r"\d+"):
        signs[start:end] = OTHER_DIGIT
    for sign, characters in (
        (STOP, ".!?…\n"),
        (CAPITAL, "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÜØÆ"),
        (DIGIT, "0123456789"),
        (AT, "@"),
        (HYPHEN, "-"),
        (BETWEEN_DIGITS, " \u00a0()+–"),
    ):
        signs[[ord(character) for character in characters]] = sign
    return signs


def _small() -> Points:
    """The lower case of each of the first 65,536 characters, where that is one; any apostrophe as "'"."""
    small = np.arange(65536, dtype=np.uint32)
    for first, last in ((0, _TURKISH), (_TURKISH + 1, _WHOLE[0][1]), _WHOLE[1]):
        small[first:last] = points_of(ALL[first:last].lower())
    small[[ord(character) for character in APOSTROPHES]] = ord("'")
    return small


_SIGMA, _TURKISH = 0x3A3, 0x130
_SMALL = _small()
KINDS = _kinds()
_SIGNS = _signs()
_FIRST_FAR = 0x1F100
_FLAGS, _SKINS = (0x1F1E6, 0x1F1FF), (0x1F3FB, 0x1F3FF)


def text_of(points: Points) -> str:
    """The characters with these numbers."""
    return points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def small_points(points: Points) -> Points | None:
    """The characters in lower case, one for one; None where that takes more than looking at each."""
    small: Points = _SMALL.take(points, mode="clip")
    if (points == _SIGMA).any():
        return None
    for place in np.flatnonzero(points > 65535).tolist():
        lower = chr(points[place]).lower()
        small[place] = ord(lower) if len(lower) == 1 else points[place]
    return small


def found_signs(points: Points, kinds: Kinds, text_starts: Places, word_starts: Places) -> Signs:
    """The signs in the characters of texts joined by one character each, which are of `kinds`."""
    signs = _SIGNS.take(points, mode="clip")
    words = np.zeros(len(word_starts) + 1, dtype=np.uint8)
    texts = np.zeros(len(text_starts) - 1, dtype=np.uint8)
    words[np.searchsorted(word_starts, np.flatnonzero(signs == STOP))] = AFTER_STOP
    capitals = np.flatnonzero(signs == CAPITAL)
    words[np.searchsorted(word_starts, capitals, side="right") - 1] |= CAPITALISED
    digits = np.flatnonzero(signs == DIGIT)
    hyphens = np.flatnonzero(signs == HYPHEN)
    joining = hyphens[(kinds[hyphens - 1] == LETTER) & (kinds[hyphens + 1] == LETTER)]
    words[np.searchsorted(word_starts, joining + 1)] |= JOINED
    other = np.flatnonzero(signs == OTHER_DIGIT)
    far = np.flatnonzero(points > 65535)
    for bits, where in (
        (HAS_DIGIT, digits),
        (HAS_LONG_NUMBER, digits[_many_follow(signs, digits)]),
        (HAS_ADDRESS, _addressed(points, np.flatnonzero(signs == AT))),
        (HAS_PLATE, hyphens[(signs[hyphens - 1] == CAPITAL) & (signs[hyphens + 1] == DIGIT)]),
        (HAS_LONG_NUMBER | HAS_PLATE, other),
        (HAS_LONG_NUMBER | HAS_PLATE, far[kinds[far] == LETTER]),
        (HAS_ODD, far[_may_be_letters(points[far], kinds[far])]),
    ):
        if len(where):
            texts[np.searchsorted(text_starts, where, side="right") - 1] |= bits
    return Signs(words[:-1], texts)


def _many_follow(signs: Kinds, digits: Places) -> NDArray[np.bool_]:
    """Whether what follows each digit may be the rest of a long number."""
    many = np.ones(len(digits), dtype=bool)
    for gap in range(1, LONG_NUMBER):
        following = signs.take(digits + gap, mode="clip")
        many &= (following == DIGIT) | (following == HYPHEN) | (following == BETWEEN_DIGITS)
    return many


def _addressed(points: Points, signs: Places) -> Places:
    """The "@" that no space stands before."""
    return signs[points[signs - 1] > ord(" ")]


def _may_be_letters(points: Points, kinds: Kinds) -> NDArray[np.bool_]:
    """Whether a character beyond the first 65,536 is of no word but may be a letter: of a rare script."""
    known = (kinds > 0) | (points < _FIRST_FAR)
    for first, last in (_FLAGS, _SKINS):
        known |= (points >= first) & (points <= last)
    return ~known
