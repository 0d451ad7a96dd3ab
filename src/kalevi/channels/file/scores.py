"""Scores as people and exports write them: 4, "4,5", "8/10", "5 tähteä", ★★★★☆."""

import re
from collections.abc import Iterable, Mapping

from kalevi.interactions.told import Score
from kalevi.tables import parse_number

_OF = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(?:/|of|out of|av)\s*(\d{1,3})\b")
_LEADING = re.compile(r"-?\d+(?:[.,]\d+)?(?=\s|$|[★⭐*])")
_STANDARD = ((1.0, 5.0), (0.0, 10.0), (0.0, 100.0))
_STARS, _EMPTY_STARS = "★⭐", "☆"


def _bare(text: str) -> tuple[float, float | None] | None:
    """Return the number of a cell and the highest of its scale, where it names one."""
    if text.isascii() and len(text) == 1:
        return (float(text), None) if text.isdigit() else None
    if (number := parse_number(text)) is not None:
        return number, None
    if found := _OF.search(text):
        return float(found[1].replace(",", ".")), float(found[2])
    if stars := sum(text.count(star) for star in _STARS):
        return float(stars), float(stars + text.count(_EMPTY_STARS)) if _EMPTY_STARS in text else 5.0
    if len(text) <= 40 and (found := _LEADING.match(text)):
        return float(found[0].replace(",", ".")), None
    return None


def scored(
    cell: str, scale: tuple[str, float, float] | None, values: Mapping[str, float] | None = None
) -> Score | None:
    """Return the score a cell tells on the scale of its column; None where it tells none.

    A number outside the scale is kept as it is, on the narrowest usual scale that holds it.
    """
    text = cell.strip()
    if not text or scale is None:
        return None
    kind, low, high = scale
    if not low < high:
        # A column in which everybody said the same, or a scale chosen so.
        low, high = next((pair for pair in _STANDARD if pair[0] <= low <= pair[1]), (low, low + 1))
    if values and (number := values.get(text.casefold())) is not None:
        return Score(kind, number, low, high)
    found = _bare(text)
    if found is None or abs(found[0]) > 1e6:
        return None
    number, top = found
    if top is not None and top > low and number <= top:
        return Score(kind, number, min(low, number), top)
    if low <= number <= high:
        return Score(kind, number, low, high)
    for lowest, highest in _STANDARD:
        if lowest <= number <= highest:
            return Score(kind, number, lowest, highest)
    return Score(kind, number, min(low, number), max(high, number))


def scale_of(name: str, cells: Iterable[str]) -> tuple[str, float, float] | None:
    """Return the likeliest scale of a column by its name and a sample; None where most are no scores."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    found = [bare for cell in filled if (bare := _bare(cell)) is not None]
    if not found or len(found) < 0.8 * len(filled):
        return None
    numbers = [number for number, _top in found]
    top = max([top for _number, top in found if top is not None], default=None)
    low, high = min(numbers), max(numbers)
    plain = name.casefold()
    if (
        top is None
        and low >= 0
        and high <= 10
        and any(part in plain for part in ("nps", "0-10", "0–10", "likely", "suosittel", "rekommender"))
    ):
        return ("nps", 0.0, 10.0)
    if top is not None and top > 1:
        return ("stars" if top == 5 else "score", min(1.0 if top <= 7 else 0.0, low), max(top, high))
    if low >= 0 and high <= 1 and 0 in numbers and all(number in (0, 1) for number in numbers):
        return ("score", 0.0, 1.0)
    for lowest, highest in _STANDARD:
        if lowest <= low and high <= highest:
            return ("stars" if highest == 5 else "score", lowest, highest)
    return None
