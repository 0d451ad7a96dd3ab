"""What else the words tell: a promise, a first visit, a suggestion, a delay; with evidence for each."""

from collections.abc import Callable, Sequence
from datetime import date

from kalevi.text.marks.context import PLACED, holds
from kalevi.text.marks.named import WEIGHT, praised
from kalevi.text.marks.phrases import Found, grammar, spans_of, words_of
from kalevi.text.personal_data import personal_data
from kalevi.text.reading import Mark, Span
from kalevi.text.times import time_near
from kalevi.text.tokens import lowered
from kalevi.text.vocabulary import MARKS

LANGUAGES = frozenset(("fi", "sv", "en"))
THRESHOLD = 0.5
PRAISE = "praise_of_colleague"
TIMED = frozenset(("promise", "urgency", "suggestion", "expectation"))
_ORDER = {mark: place for place, mark in enumerate(MARKS)}


def marks(
    text: str, language: str, said_at: date | None = None, sentiment: str | None = None
) -> tuple[Mark, ...]:
    """The marks of `text` in the order of `vocabulary.MARKS`, none for a language that is not fi, sv or en.

    Weights of phrases that speak for one mark add up as chances do. A promise or an urgent wish carries the
    date of the first time phrase in its sentence, reckoned from `said_at`, where both are known. `sentiment`
    is that of the whole text, where it is known.
    """
    if language not in LANGUAGES:
        return ()
    low = lowered(text)
    words, stops = words_of(low)
    found = grammar(language).search_words(words, stops)
    names = [one.span for one in personal_data(text) if one.kind == "name"]
    return told(found, lambda upto: spans_of(low, words, upto), text, language, said_at, sentiment, names)


def told(
    found: Sequence[Found],
    spans_of: Callable[[int], Sequence[Span]],
    text: str,
    language: str,
    said_at: date | None,
    sentiment: str | None = None,
    names: Sequence[Span] = (),
) -> tuple[Mark, ...]:
    """The marks that the phrases found in `text` tell; `spans_of(n)` says where its first n words stand."""
    if not names and sum(one.weight for one in found if one.weight > 0) < THRESHOLD:
        return ()
    by_mark: dict[str, list[Found]] = {}
    for one in found:
        by_mark.setdefault(one.mark, []).append(one)
    kept = [mark for mark in by_mark if confidence(by_mark[mark]) >= THRESHOLD]
    if not kept and not names:
        return ()
    low = lowered(text) if names or not PLACED.isdisjoint(kept) else ""
    marks: dict[str, tuple[float, tuple[Span, ...]]] = {}
    spans = spans_of(max((one.last for mark in kept for one in by_mark[mark]), default=-1) + 1)
    for mark in kept:
        standing = [one for one in by_mark[mark] if _stands(one, spans, low, language, sentiment)]
        if (sure := confidence(standing)) >= THRESHOLD:
            marks[mark] = sure, evidence_of(standing, spans)
    if names and (thanked := praised(low, names)):
        sure, evidence = marks.get(PRAISE, (0.0, ()))
        marks[PRAISE] = round(1 - (1 - sure) * (1 - WEIGHT), 3), _joined([*evidence, *thanked])
    return tuple(
        Mark(
            mark,
            evidence,
            sure,
            time_near(text, evidence[0][0], language, said_at) if said_at and mark in TIMED else None,
        )
        for mark, (sure, evidence) in sorted(marks.items(), key=lambda one: _ORDER[one[0]])
    )


def _stands(one: Found, spans: Sequence[Span], low: str, language: str, sentiment: str | None) -> bool:
    """Whether what stands around a phrase lets it speak; what speaks against a mark always does."""
    span = spans[one.first][0], spans[one.last][1]
    return one.weight <= 0 or holds(one.mark, one.weight, low, span, language, sentiment)


def confidence(found: Sequence[Found]) -> float:
    """The chance that at least one of the phrases speaks true; a phrase of negative weight speaks against."""
    doubt, against = 1.0, 1.0
    for weight in {(one.first, one.weight): one.weight for one in found}.values():
        if weight > 0:
            doubt *= 1 - weight
        else:
            against *= 1 + weight
    return round((1 - doubt) * against, 3)


def evidence_of(found: Sequence[Found], spans: Sequence[Span]) -> tuple[Span, ...]:
    """Where the phrases stand in the text, those that overlap joined."""
    return _joined([(spans[one.first][0], spans[one.last][1]) for one in found if one.weight > 0])


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
