"""How much each labelled text teaches of what."""

import numpy as np

from training.corpora import Comment
from training.course import FINE_WEIGHT, Course
from training.domain import OUTPUTS


def comment(source: str, *, own: bool) -> Comment:
    """A comment that says nothing, labelled in a file of that name."""
    return Comment(source, "fi", "", False, False, False, "neutral", {}, (), (), own, "train", source)


def test_each_file_teaches_what_its_labels_are_good_for() -> None:
    course = object.__new__(Course)
    course.chosen = [
        comment("own-fi-a", own=True),
        comment("own-plain-fi", own=True),
        comment("own-plain-fi-d", own=True),
        comment("corpus-en-b", own=False),
        comment("phrases-fi", own=False),
    ]
    course.truth = np.zeros((5, len(OUTPUTS)), dtype=bool)
    course.own = np.array([c.own for c in course.chosen])
    course.plain = np.array([False, True, True, False, False])
    course.doubted = np.array([False, True, False, False, False])
    shares = course.shares()
    taught = {output: shares[:, column].tolist() for column, output in enumerate(OUTPUTS)}
    assert taught["problem"] == taught["negative"] == [FINE_WEIGHT, 1, 1, 1, 1]
    assert taught["need"] == taught["dream"] == [1, 1, 0, 0, 0]
    assert taught["anger"] == taught["anticipation"] == [1, 0, 1, 1, 0]
    assert taught["joy"] == taught["delivery"] == [1, 1, 1, 1, 0]
