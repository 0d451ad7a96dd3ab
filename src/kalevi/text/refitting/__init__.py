"""Fits the shipped weights a little to what people of one company confirmed, and keeps what came of it.

NumPy alone, no network and no clock. The shipped weights stay: a model made here is a copy of them with small
corrections, in a folder of its own, and is refused where it reads the frozen test worse than they do.
"""

from kalevi.text.refitting.choosing import FEWEST, Outcome, choose
from kalevi.text.refitting.keeping import active, forget_newest, kept, use
from kalevi.text.refitting.lessons import Lesson
from kalevi.text.refitting.measuring import Comparison, Figure, frozen_comments

__all__ = [
    "FEWEST",
    "Comparison",
    "Figure",
    "Lesson",
    "Outcome",
    "active",
    "choose",
    "forget_newest",
    "frozen_comments",
    "kept",
    "use",
]
