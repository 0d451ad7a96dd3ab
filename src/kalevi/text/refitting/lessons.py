"""What people said holds of a text, to learn from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, SENTIMENTS, THEMES

OUTPUTS = (*HOT_KINDS, *SENTIMENTS, *FEELINGS, *THEMES)
_GROUPS = {
    "hots": slice(0, 3),
    "sentiment": slice(3, 7),
    "feelings": slice(7, 15),
    "themes": slice(15, len(OUTPUTS)),
}
CUSTOMERS_WORD = 3.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text and what holds of it; None where nobody said.

    `own_feelings` are what the customer reported: they stand in the place of `feelings` and count more.
    """

    text: str
    language: str
    sentiment: str | None = None
    feelings: frozenset[str] | None = None
    hots: frozenset[str] | None = None
    themes: frozenset[str] | None = None
    own_feelings: frozenset[str] | None = None


def truth_of(lessons: Sequence[Lesson]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What holds (0 or 1) and how much that counts (0 where nobody said): a row a lesson, as `OUTPUTS`."""
    truth, weight = np.zeros((2, len(lessons), len(OUTPUTS)))
    for row, lesson in enumerate(lessons):
        told: dict[str, tuple[frozenset[str] | None, float]] = {
            "hots": (lesson.hots, 1.0),
            "sentiment": (frozenset([lesson.sentiment]) if lesson.sentiment else None, 1.0),
            "feelings": (lesson.feelings, 1.0),
            "themes": (lesson.themes, 1.0),
        }
        if lesson.own_feelings is not None:
            told["feelings"] = lesson.own_feelings, CUSTOMERS_WORD
        for group, (found, counts) in told.items():
            if found is not None:
                columns = _GROUPS[group]
                truth[row, columns] = [output in found for output in OUTPUTS[columns]]
                weight[row, columns] = counts
    return truth, weight
