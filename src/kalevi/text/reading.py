"""What a reader found in one text: frozen, with the evidence for each finding.

Offsets are half-open character ranges [start, end) into `Reading.text`. Confidences, intensities and
scores are numbers between 0 and 1. A reading is a guess; it never replaces what the customer said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Span = tuple[int, int]
Language = Literal["fi", "sv", "en", "und"]
Sentiment = Literal["negative", "neutral", "positive", "mixed"]
FeelingName = Literal["anger", "anticipation", "disgust", "fear", "joy", "sadness", "surprise", "trust"]
HotKind = Literal["dream", "problem", "need"]


@dataclass(frozen=True, slots=True)
class Feeling:
    """One of Plutchik's eight feelings, as read from the words."""

    feeling: FeelingName
    intensity: float
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Hot:
    """A dream, a problem or a need; `text` is the sentence that tells it, `span` where it stands."""

    kind: HotKind
    text: str
    span: Span
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Theme:
    """What the words are about: a key of `vocabulary.THEMES` or of the company's own themes."""

    key: str
    evidence: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something further that the words tell: a promise, a first visit, a suggestion.

    `due` is the date a promise or wish speaks of, where a time phrase and `said_at` gave one.
    """

    mark: str
    evidence: tuple[Span, ...]
    confidence: float
    due: date | None = None


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Words that point to a person, so that they can be masked."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Model:
    """Which reader made the reading."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one reader found in one text."""

    text: str
    language: Language
    sentiment: Sentiment
    feelings: tuple[Feeling, ...]
    hots: tuple[Hot, ...]
    themes: tuple[Theme, ...]
    marks: tuple[Mark, ...]
    personal_data: tuple[PersonalData, ...]
    model: Model
    scores: Mapping[str, float] = field(default_factory=dict)
