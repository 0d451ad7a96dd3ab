"""What an answer is asked for: what the customer told, felt, asked, and left unsaid."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kalevi.text.reader import read
from kalevi.text.reading import Language, Reading, Span
from kalevi.text.stems import search_keys

_SENTENCE = re.compile(r"[^.!?…\n]++[.!?…]*+")
_FACT = re.compile(r"\d|@")
SURE, VAGUE_WORDS = 0.5, 22


@dataclass(frozen=True, slots=True)
class Situation:
    """The customer's words as an answer has to meet them; `feeling` and `trouble` are where they stand."""

    text: str
    language: Language
    feeling: Span | None
    trouble: Span | None
    praise: bool
    vague: bool
    questions: tuple[Span, ...]
    keys: frozenset[str]
    sentiment: str = "neutral"
    problem: float = 0.0
    need: float = 0.0
    strength: float = 0.0
    scores: Mapping[str, float] = field(default_factory=dict)


def situation(words: str) -> Situation:
    """Read the customer's words. Empty words call for nothing."""
    reading = read([words])[0]
    trouble = _trouble(reading)
    feeling = _feeling(reading)
    questions = tuple(span for span in sentences(words) if words[span[0] : span[1]].rstrip().endswith("?"))
    count = len(words.split())
    return Situation(
        text=words,
        language=reading.language,
        feeling=feeling,
        trouble=trouble,
        praise=trouble is None and reading.sentiment == "positive",
        vague=trouble is not None and not questions and count <= VAGUE_WORDS and not _FACT.search(words),
        questions=questions,
        keys=content_keys(words, reading.language),
        sentiment=reading.sentiment,
        problem=max((hot.confidence for hot in reading.hots if hot.kind == "problem"), default=0.0),
        need=max((hot.confidence for hot in reading.hots if hot.kind == "need"), default=0.0),
        strength=max((feeling.intensity for feeling in reading.feelings), default=0.0),
        scores=reading.scores,
    )


def sentences(text: str) -> list[Span]:
    """Where the sentences of `text` stand, spaces around them left out."""
    found = []
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        part = match[0]
        start += len(part) - len(part.lstrip())
        end -= len(part) - len(part.rstrip())
        if end > start:
            found.append((start, end))
    return found


def content_keys(text: str, language: str) -> frozenset[str]:
    """The search keys of `text` but for those of words that every answer holds."""
    return frozenset(search_keys(text, language)) - _plain_keys(language)


@cache
def _plain_keys(language: str) -> frozenset[str]:
    text = (files(__package__) / "plain_words.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    words = " ".join(words for tongue, words in rows if tongue == language or language == "und")
    return frozenset(search_keys(words, language))


def _trouble(reading: Reading) -> Span | None:
    sure = [hot for hot in reading.hots if hot.kind in ("problem", "need") and hot.confidence >= SURE]
    if sure:
        return max(sure, key=lambda hot: hot.confidence).span
    return _telling(reading) if reading.sentiment == "negative" else None


def _telling(reading: Reading) -> Span:
    """Return the sentence to quote where all the words are of one mood: the one that tells most."""
    if reading.hots:
        return max(reading.hots, key=lambda hot: hot.confidence).span
    # A heading says less than what stands below it.
    return max(sentences(reading.text), key=lambda s: min(s[1] - s[0], 160), default=(0, len(reading.text)))


def _feeling(reading: Reading) -> Span | None:
    if reading.sentiment == "neutral" or not reading.text.strip():
        return None
    told = [feeling for feeling in reading.feelings if feeling.evidence]
    if not told:
        return _telling(reading)
    strongest = max(told, key=lambda feeling: (feeling.intensity, feeling.confidence))
    start, end = strongest.evidence[0]
    return next((s for s in sentences(reading.text) if s[0] <= start < s[1]), (start, end))
