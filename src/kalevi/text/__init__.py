"""Reads words: language, feelings, dreams, problems, needs, themes. No Django, no network, no clock."""

from kalevi.text.reader import Reader, explain, read
from kalevi.text.reading import (
    Feeling,
    Hot,
    Mark,
    Model,
    PersonalData,
    Reading,
    Span,
    Theme,
)

__all__ = [
    "Feeling",
    "Hot",
    "Mark",
    "Model",
    "PersonalData",
    "Reader",
    "Reading",
    "Span",
    "Theme",
    "explain",
    "read",
]
