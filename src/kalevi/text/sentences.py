"""Where sentences end: at stops, but not at those of abbreviations and numbers, and at line breaks."""

import re

import numpy as np
from numpy.typing import NDArray

from kalevi.text.signs import ALL, Places, Points, text_of

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
    for match in re.finditer(r"\s", ALL[:0x3001]):
        classes[match.start()] = _SPACE
    for number, characters in ((_STOP, ".!?…"), (_CLOSING, "\"')]»”"), (_BREAK, "\r\n")):
        classes[[ord(character) for character in characters]] = number
    return classes


_CLASSES = _classes()
ENDS, UNSURE = 1, -1
_LONGEST = max(map(len, _ABBREVIATIONS))
_BACK = np.arange(1, _LONGEST + 2)
_SHIFTS = 8 * np.arange(_LONGEST)
_ABBREVIATED = np.array(sorted(int.from_bytes(word[::-1].encode(), "little") for word in _ABBREVIATIONS))
_ASCII = 127
_OUTSIDE = np.array([not (chr(code).isalnum() or chr(code) == "_") for code in range(128)] + [False])


def sentence_ends(points: Points, low: Points, word_starts: Places, word_ends: Places) -> Places:
    """The places right after every stop that ends a sentence, closing quotes and spaces counted in, rising.

    `points` are the characters of a text that ends with a line break; `low` are those in lower case.
    """
    classes = _CLASSES.take(points, mode="clip")
    spaces_start, spaces_end = _runs(classes >= _SPACE)
    start, after = _runs(classes == _STOP)
    closing_start, closing_end = _runs(classes == _CLOSING)
    closed = _followed(after, closing_start, closing_end)
    end = _followed(closed, spaces_start, spaces_end)
    spaced = end > closed
    certain = (end == len(points)) | (spaced & ((points[start] != _DOT) | (closed - start > 1)))
    breaks = np.zeros(len(spaces_start) + 1, dtype=bool)
    breaks[np.searchsorted(spaces_start, np.flatnonzero(classes == _BREAK), side="right") - 1] = True
    breaks[np.searchsorted(spaces_start, closed[spaced])] = False
    doubtful = np.flatnonzero(~certain & spaced)
    known = _ends_after_letters(low, start[doubtful])
    certain[doubtful] = known == ENDS
    doubtful = doubtful[known == UNSURE]
    for place, number in zip(
        doubtful.tolist(), np.searchsorted(word_ends, start[doubtful]).tolist(), strict=True
    ):
        begin = int(start[place])
        before = ""
        if number < len(word_ends) and word_ends[number] == begin:
            before = text_of(low[word_starts[number] : begin])
        certain[place] = _ends_after(before, points, begin, int(end[place]))
    unspaced = np.flatnonzero(~spaced & ~certain & (end - start == 1) & (points[start] != _DOTS))
    following = start[unspaced] + 1
    unspaced = unspaced[(points[following] != low[following]) | (points[following] > _ASCII)]
    for place in unspaced.tolist():
        certain[place] = _ends_unspaced(points, int(start[place]))
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


def _ends_after_letters(low: Points, stops: Places) -> NDArray[np.int8]:
    """Whether each stop right after Latin letters, or after none, ENDS a sentence; else UNSURE."""
    places = stops[:, None] - _BACK
    before = np.where(places >= 0, low.take(places, mode="clip"), np.uint32(10))
    letters = (before >= ord("a")) & (before <= ord("z"))
    letters |= (before >= 0xE0) & (before <= 0xFF) & (before != 0xF7)
    taken = np.logical_and.accumulate(letters, axis=1)
    count = taken.sum(axis=1)
    other = before[np.arange(len(stops)), np.minimum(count, len(_BACK) - 1)]
    sure = (count == len(_BACK)) | _OUTSIDE.take(other, mode="clip")
    key = np.where(taken[:, :-1], before[:, :-1].astype(np.int64) << _SHIFTS, 0).sum(axis=1)
    near = _ABBREVIATED.take(np.searchsorted(_ABBREVIATED, key), mode="clip")
    short = (count == 1) | ((count < len(_BACK)) & (near == key))
    return np.where(sure, np.where(short, 0, ENDS), UNSURE).astype(np.int8)


def _ends_after(word: str, points: Points, start: int, end: int) -> bool:
    """Whether a stop at `start`, then spaces up to `end`, ends a sentence that ends with `word`."""
    if len(word) >= _REACH or not word.isalnum() or not word.isascii():
        found = _ENDS_WORD.search(text_of(points[max(0, start - _REACH) : start]))
        if found is None:
            return True
        word = found.group().lower()
    if word.isdigit():
        return chr(points[end]).isupper()
    return word not in _ABBREVIATIONS and not (len(word) == 1 and word.isalpha())


def _ends_unspaced(points: Points, start: int) -> bool:
    """Whether the stop at `start` ends a sentence though no space follows: "viikkoa.Kokemukseni"."""
    before = text_of(points[max(0, start - 3) : start])
    return chr(points[start + 1]).isupper() and before.islower() and before.isalpha()
