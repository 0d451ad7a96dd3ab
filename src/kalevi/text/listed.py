"""What was found in many texts as plain values: for those who store or count it, and need no objects."""

from dataclasses import dataclass, field
from datetime import date

from kalevi.text.reading import Span

Evidence = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The language and sentiment of each text; and what was found, each under the number of its text.

    Findings of one text stand in the order in which a `Reading` has them; `reading.py` tells what they mean.
    """

    languages: list[str]
    sentiments: list[str]
    #: (text, feeling, intensity, confidence, evidence)
    feelings: list[tuple[int, str, float, float, Evidence]] = field(default_factory=list)
    #: (text, kind, where the sentence stands, confidence, evidence)
    hots: list[tuple[int, str, Span, float, Evidence]] = field(default_factory=list)
    #: (text, key, confidence, evidence)
    themes: list[tuple[int, str, float, Evidence]] = field(default_factory=list)
    #: (text, mark, confidence, the day it speaks of, evidence)
    marks: list[tuple[int, str, float, date | None, Evidence]] = field(default_factory=list)
    #: (text, kind, where it stands)
    personal_data: list[tuple[int, str, Span]] = field(default_factory=list)

    @classmethod
    def of(cls, texts: int) -> "Listed":
        """Nothing found yet in so many texts."""
        return cls(["und"] * texts, ["neutral"] * texts)
