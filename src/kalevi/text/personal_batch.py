"""The personal data of many texts at once: only texts whose words and signs give a hint are searched."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kalevi.text import hints, signs
from kalevi.text.personal_data import ADDRESS, EMAIL, NAME, NUMBERS, PLATE, Found, personal_data
from kalevi.text.segments import Ints
from kalevi.text.tokens import Tokens

_BITS = (
    (signs.HAS_LONG_NUMBER, NUMBERS),
    (signs.HAS_ADDRESS, EMAIL),
    (signs.HAS_PLATE, PLATE),
)
_KINDS_OF = np.array(
    [sum(kind for bit, kind in _BITS if number & bit) for number in range(256)], dtype=np.uint8
)


def batch_personal_data(texts: Sequence[str], tokens: Tokens, given: NDArray[np.uint8]) -> dict[int, Found]:
    """`personal_data` of each text that has any; `given` are the hints of each word."""
    names = _name_places(tokens, given)
    bounds = tokens.sentence_words[tokens.text_sentences]
    kinds = _KINDS_OF.take(tokens.signs.texts)
    streets, plated = np.flatnonzero(given & hints.STREET), np.flatnonzero(given & hints.PLATED)
    for kind, places in ((NAME, names), (ADDRESS, streets), (PLATE, plated)):
        kinds[np.searchsorted(bounds, places, side="right") - 1] |= np.uint8(kind)
    kinds[tokens.signs.texts & signs.HAS_DIGIT == 0] &= np.uint8(~(ADDRESS | PLATE) & 255)
    rows = np.flatnonzero(kinds)
    searched = (
        (row, personal_data(texts[row], kinds=kind))
        for row, kind in zip(rows.tolist(), kinds[rows].tolist(), strict=True)
    )
    return {row: found for row, found in searched if found}


def _name_places(tokens: Tokens, given: NDArray[np.uint8]) -> Ints:
    """Words in whose text a name may be: a known one, or any after what introduces one."""
    capitalised = (tokens.signs.words & signs.CAPITALISED) != 0
    known = (given & hints.NAME) != 0
    introducing = (given & (hints.INTRODUCES | hints.BEGINS)) != 0
    places = [np.flatnonzero(known & capitalised)]
    words = np.flatnonzero((given & hints.NO_WORD) == 0)
    for gap, bit in ((1, hints.INTRODUCES), (2, hints.BEGINS)):
        places.append(words[:-gap][(given[words[:-gap]] & bit != 0) & capitalised[words[gap:]]])
    bounds = tokens.sentence_words[tokens.text_sentences]
    with_known = np.zeros(len(bounds) + 1, dtype=bool)
    with_known[np.searchsorted(bounds, np.flatnonzero(known), side="right")] = True
    introduced = np.flatnonzero(introducing)
    small = with_known[np.searchsorted(bounds, introduced, side="right")]
    return np.concatenate([*places, introduced[small]])
