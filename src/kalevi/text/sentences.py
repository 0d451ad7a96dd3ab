"""Where sentences end: at stops, but not at those of abbreviations and numbers, and at line breaks."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kalevi.text.signs import Places, Points

_FINNISH = (
    "esim mm ym yms jne klo kpl ks n noin nro puh s tai tms os eur ns so vrt t pv kk vk alv huom tri rva hra"
)
_OTHER = "bl ca dvs ex f fr k kr m o osv st tex tel u vs mr mrs ms dr no etc e i a p approx dept inc ltd co"
_ABBREVIATIONS = frozenset((*_FINNISH.split(), *_OTHER.split()))
_ENDS_WORD = re.compile(r"\w+\Z")
_REACH = 12
_STOP, _CLOSING, _SPACE, _BREAK = 1, 2, 3, 4
_DOTS, _DOT = ord("…"), ord(".")


def _classes() -> NDArray[np.uint8]:
    classes = np.zeros(0x3002, dtype=np.uint8)
    classes[[code for code in range(0x3001) if chr(code).isspace()]] = _SPACE
    for number, characters in ((_STOP, ".!?…"), (_CLOSING, "\"')]»”"), (_BREAK, "\r\n")):
        classes[[ord(character) for character in characters]] = number
    return classes


_CLASSES = _classes()


def sentence_ends(joined: str, points: Points, words: Sequence[str], word_ends: Places) -> Places:
    """The places right after every stop that ends a sentence, closing quotes and spaces counted in, rising.

    `points` are the characters of `joined`, which ends with a line break; `words` are in lower case.
    """
    classes = _CLASSES.take(points, mode="clip")
    spaces_start, spaces_end = _runs(classes >= _SPACE)
    start, after = _runs(classes == _STOP)
    closing_start, closing_end = _runs(classes == _CLOSING)
    closed = _followed(after, closing_start, closing_end)
    end = _followed(closed, spaces_start, spaces_end)
    spaced = end > closed
    certain = (end == len(joined)) | (spaced & ((points[start] != _DOT) | (closed - start > 1)))
    breaks = np.zeros(len(spaces_start) + 1, dtype=bool)
    breaks[np.searchsorted(spaces_start, np.flatnonzero(classes == _BREAK), side="right") - 1] = True
    breaks[np.searchsorted(spaces_start, closed[spaced])] = False
    doubtful = np.flatnonzero(~certain & spaced)
    word = np.searchsorted(word_ends, start[doubtful])
    for place, begin, stop, number in zip(
        doubtful.tolist(), start[doubtful].tolist(), end[doubtful].tolist(), word.tolist(), strict=True
    ):
        before = words[number] if number < len(words) and word_ends[number] == begin else ""
        certain[place] = _ends_after(before, joined, begin, stop)
    unspaced = np.flatnonzero(~spaced & ~certain & (end - start == 1) & (points[start] != _DOTS))
    for place in unspaced.tolist():
        certain[place] = _ends_unspaced(joined, int(start[place]))
    return np.sort(np.concatenate([end[certain], spaces_end[breaks[:-1]]]))


def _runs(inside: NDArray[np.bool_]) -> tuple[Places, Places]:
    """Where runs of true values start and end."""
    places = np.flatnonzero(inside)
    fresh = np.ones(len(places) + 1, dtype=bool)
    np.not_equal(places[1:], places[:-1] + 1, out=fresh[1:-1])
    return places[fresh[:-1]], places[fresh[1:]] + 1


def _followed(places: Places, starts: Places, ends: Places) -> Places:
    """The end of the run that starts at each place; the place itself where none does."""
    if not len(starts):
        return places
    nearest = np.minimum(np.searchsorted(starts, places), len(starts) - 1)
    return np.where(starts[nearest] == places, ends[nearest], places)


def _ends_after(word: str, joined: str, start: int, end: int) -> bool:
    """Whether a stop at `start`, then spaces up to `end`, ends a sentence that ends with `word`."""
    if len(word) >= _REACH or not word.isalnum() or not word.isascii():
        found = _ENDS_WORD.search(joined, max(0, start - _REACH), start)
        if found is None:
            return True
        word = found.group().lower()
    if word.isdigit():
        return joined[end].isupper()
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _ends_unspaced(joined: str, start: int) -> bool:
    """Whether the stop at `start` ends a sentence though no space follows: "viikkoa.Kokemukseni"."""
    before = joined[max(0, start - 3) : start]
    return joined[start + 1].isupper() and before.islower() and before.isalpha()
