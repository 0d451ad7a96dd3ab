"""Chooses how far to follow the lessons: as far as the frozen test allows, for each group of outputs."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kalevi.text.reader import Reader
from kalevi.text.refitting.keeping import keep
from kalevi.text.refitting.learning import Floats, agreement, refit
from kalevi.text.refitting.lessons import OUTPUTS, Lesson
from kalevi.text.refitting.measuring import GROUPS, Comparison, compare, frozen_comments
from kalevi.text.weights_file import load

FEWEST = 20
STRENGTHS = (4.0, 16.0, 64.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `reason` is empty where the model in `place` may be used, else why it may not.

    `groups` are those that learnt; `before` and `after` say how much of what people and the model find is the
    same, on lessons that it was not learnt from.
    """

    reason: str
    place: Path | None = None
    groups: tuple[str, ...] = ()
    comparison: Comparison | None = None
    before: float = 0.0
    after: float = 0.0


def choose(lessons: Sequence[Lesson], folder: Path, comments: Sequence[Lesson] | None = None) -> Outcome:
    """Make a model from lessons in `folder`. Each group of outputs takes the furthest of three corrections
    with which it reads the frozen test (or `comments`) not measurably worse than the shipped model.

    Reasons: "few" (lessons), "worse" (on the frozen test, whatever was tried), "same" (nothing learnt that
    other lessons bear out). Raises OSError where the folder cannot be written.
    """
    if len(lessons) < FEWEST:
        return Outcome("few")
    shipped = load()
    old, comments = Reader(), comments or frozen_comments()
    chosen = np.full(len(OUTPUTS), np.inf)
    comparison = None
    for strength in STRENGTHS:
        trial = np.where(np.isinf(chosen), strength, np.inf)
        if np.isinf(trial).all():
            break
        place = keep(folder, refit(lessons, shipped, trial).weights)
        comparison = compare(old, Reader(weights=place), comments)
        shutil.rmtree(place)
        for figure in comparison.figures[:-1]:
            columns = GROUPS[figure.name]
            if not figure.worse and np.isinf(chosen[columns]).all():
                chosen[columns] = strength
    groups = tuple(name for name, columns in GROUPS.items() if np.isfinite(chosen[columns]).any())
    if not groups:
        return Outcome("worse", comparison=comparison)
    return _judged(lessons, folder, comments, old, chosen, groups)


def _judged(
    lessons: Sequence[Lesson],
    folder: Path,
    comments: Sequence[Lesson],
    old: Reader,
    chosen: Floats,
    groups: tuple[str, ...],
) -> Outcome:
    """The model with all chosen corrections, measured once more as a whole."""
    shipped = load()
    before, after = agreement(lessons, shipped, chosen)
    place = keep(folder, refit(lessons, shipped, chosen).weights)
    comparison = compare(old, Reader(weights=place), comments)
    reason = "worse" if comparison.worse else "same" if after <= before else ""
    if reason:
        shutil.rmtree(place)
        return Outcome(reason, None, groups, comparison, before, after)
    return Outcome("", place, groups, comparison, before, after)
