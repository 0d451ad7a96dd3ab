"""Reads words: language, feelings, dreams, problems, needs, themes. No Django, no network, no clock."""

from kalevi.text.explaining import Account, Voice, explain
from kalevi.text.reader import Reader, read
from kalevi.text.reading import Feeling, Hot, Mark, Model, PersonalData, Reading, Span, Theme
from kalevi.text.stems import search_keys

__all__ = [
    "Account",
    "Feeling",
    "Hot",
    "Mark",
    "Model",
    "PersonalData",
    "Reader",
    "Reading",
    "Span",
    "Theme",
    "Voice",
    "explain",
    "read",
    "search_keys",
]
