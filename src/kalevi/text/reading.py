"""What a reader found in one text: frozen, with the evidence for each finding.

Offsets are half-open character ranges [start, end) into `Reading.text`. Confidences, intensities and
scores are numbers between 0 and 1. A reading is a guess; it never replaces what the customer said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

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


class _Source(Protocol):
    """What can tell each part of a reading: a method a field, given the number of the text."""

    def text(self, row: int) -> str:
        """The words themselves."""


class _Late:
    """Lets a reading ask its source for a part when that is first looked at."""

    __slots__ = ("_source",)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name not in _SLOTS:
                raise AttributeError(name)
            source, row = _SOURCE.__get__(self)
            value = getattr(source, name)(row)
            _SLOTS[name](self, value)
            return value


_SOURCE: Any = _Late.__dict__["_source"]


@dataclass(frozen=True, slots=True)
class Reading(_Late):
    """Everything one reader found in one text.

    `sentiment_confidence` is the chance that a customer's words are of that mood. `scores` tell of any text:
    where it may be no comment, its polarity there is that of the open corpora. Neither is kept with stored
    readings: they then are None and empty.
    `grade` is what the customers themselves gave, from 0 (worst) to 1 (best), where the reader was told.
    """

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
    grade: float | None = None
    sentiment_confidence: float | None = None


_SLOTS: dict[str, Any] = {name: Reading.__dict__[name].__set__ for name in Reading.__dataclass_fields__}
_new, _tell_source = object.__new__, _SOURCE.__set__


def late_reading(source: _Source, row: int) -> Reading:
    """A reading like any other, whose parts `source` makes when they are first asked for."""
    reading = _new(Reading)
    _tell_source(reading, (source, row))
    return reading
