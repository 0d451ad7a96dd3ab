"""Two models on the frozen test: our own-written comments that no training ever saw, shipped beside this."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kalevi.text.beside import text_beside
from kalevi.text.reader import Reader
from kalevi.text.refitting.lessons import OUTPUTS, Lesson, truth_of

DRAWS = 1000
# A third of what chance alone makes of one figure on the frozen test (its standard error is about 0.015).
TOLERANCE = 0.005
GROUPS = {"hot": slice(0, 3), "sentiment": slice(3, 7), "feelings": slice(7, 15), "themes": slice(15, None)}
_SIGNED = (0, 2)  # negative and positive among the sentiments

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of both models and the 95% interval of the difference, new minus old."""

    name: str
    old: float
    new: float
    low: float
    high: float

    @property
    def worse(self) -> bool:
        """Whether the new model is measurably worse: surely, however little, or by more than `TOLERANCE`.

        Both read the same comments, so the interval is narrow where few readings change. A wide one excuses
        no loss, which is why the difference itself counts too.
        """
        return self.high < 0 or self.new < self.old - TOLERANCE


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of all groups and, last, their mean, from `comments` comments."""

    figures: tuple[Figure, ...]
    comments: int

    @property
    def worse(self) -> bool:
        """Whether the new model is measurably worse, in one group or by the mean."""
        return any(figure.worse for figure in self.figures)


@cache
def frozen_comments() -> tuple[Lesson, ...]:
    """The frozen test."""
    rows = map(json.loads, text_beside(__file__, "frozen.jsonl").splitlines())
    return tuple(
        Lesson(
            row["text"],
            row["language"],
            row["sentiment"],
            frozenset(row["feelings"]),
            frozenset(row["hots"]),
            frozenset(row["themes"]),
        )
        for row in rows
    )


def compare(old: Reader, new: Reader, comments: Sequence[Lesson]) -> Comparison:
    """Both readers on the same comments; the draws of the bootstrap are the same each time."""
    truth = truth_of(comments)[0] > 0
    before, after = found_by(old, comments), found_by(new, comments)
    draws = np.random.default_rng(1).multinomial(len(comments), [1 / len(comments)] * len(comments), DRAWS)
    once = np.ones((1, len(comments)))
    differences = _figures(draws, truth, after) - _figures(draws, truth, before)
    low, high = np.quantile(differences, [0.025, 0.975], axis=0)
    names = (*GROUPS, "mean")
    both = _figures(once, truth, before)[0], _figures(once, truth, after)[0]
    figures = tuple(
        Figure(name, *(round(float(value), 4) for value in (both[0][n], both[1][n], low[n], high[n])))
        for n, name in enumerate(names)
    )
    return Comparison(figures, len(comments))


def found_by(reader: Reader, comments: Sequence[Lesson]) -> Truths:
    """What a reader finds in each comment: a row a comment, as `OUTPUTS`."""
    found = np.zeros((len(comments), len(OUTPUTS)), dtype=bool)
    places = {output: place for place, output in enumerate(OUTPUTS)}
    for row, reading in enumerate(reader.read([comment.text for comment in comments])):
        keys: list[str] = [reading.sentiment, *(one.feeling for one in reading.feelings)]
        keys += [one.kind for one in reading.hots] + [one.key for one in reading.themes]
        found[row, [places[key] for key in keys if key in places]] = True
    return found


def _figures(draws: NDArray[np.integer | np.floating], truth: Truths, found: Truths) -> NDArray[np.float64]:
    """For each draw (how often each comment counts) the F1 of each group, and their mean.

    Of HOT and feelings it is the mean over kinds, of sentiment that of negative and positive; themes are many
    and rare and are taken together.
    """
    counts = draws.astype(np.float64)
    both = counts @ (truth & found).astype(np.float64)
    either = counts @ truth.astype(np.float64) + counts @ found.astype(np.float64)
    each = 2 * both / np.maximum(either, 1)
    figures = []
    for name, columns in GROUPS.items():
        if name == "themes":
            figures.append(2 * both[:, columns].sum(axis=1) / np.maximum(either[:, columns].sum(axis=1), 1))
        elif name == "sentiment":
            figures.append(each[:, columns][:, _SIGNED].mean(axis=1))
        else:
            figures.append(each[:, columns].mean(axis=1))
    return np.stack([*figures, np.mean(figures, axis=0)], axis=1)
