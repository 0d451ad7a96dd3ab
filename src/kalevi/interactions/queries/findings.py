"""Why the model read what it read; and the findings a colleague can choose among."""

from collections.abc import Iterable
from dataclasses import dataclass

from kalevi.interactions.findings import KINDS
from kalevi.interactions.models import ColleagueReading
from kalevi.interactions.queries.cards import Card, Chip
from kalevi.interactions.readers import company_reader
from kalevi.text import Reading, Span, explain

MOST_WORDS = 5
# Log odds that a word must take away before it is worth naming.
TELLING = 0.05


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding with the words that spoke for it and against it."""

    chip: Chip
    words_for: tuple[str, ...]
    words_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """One finding of one's own reading, pressed or not."""

    kind: str
    key: str
    pressed: bool


def reasons_for_colleague(card: Card) -> list[Reason]:
    """Return a reason for each finding of the newest reading, in the order of its chips."""
    if card.read is None or card.words is None:
        return []
    voices = _voices(card.read)
    reasons = []
    for chip in card.chips:
        heard = voices.get(chip.key, ())
        spans = list(chip.evidence) or [span for span, adds in heard if adds > 0][:MOST_WORDS]
        against = [span for span, adds in heard if adds <= -TELLING][:MOST_WORDS]
        # The words as this reader may see them: what was dotted out stays so.
        reasons.append(Reason(chip, _said(card.words, spans), _said(card.words, against)))
    return reasons


def _voices(read: Reading) -> dict[str, tuple[tuple[Span, float], ...]]:
    """Return what each word added to each finding; nothing when another version of the model read it."""
    try:
        accounts = explain(read, company_reader())
    except ValueError:
        return {}
    return {
        account.output: tuple((voice.span, voice.adds) for voice in account.voices if voice.span)
        for account in accounts
    }


def _said(words: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return what was said at the spans, in that order; words side by side are one."""
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if joined and words[joined[-1][1] : start] == " ":
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(dict.fromkeys(words[start:end] for start, end in joined))


@dataclass(frozen=True, slots=True)
class Tone:
    """The words that spoke for the tone that was read, and against it."""

    words_for: tuple[str, ...] = ()
    words_against: tuple[str, ...] = ()


def tone_for_colleague(card: Card) -> Tone:
    """Return what spoke for the tone of the newest reading; nothing where another version read it."""
    if card.read is None or card.words is None:
        return Tone()
    try:
        accounts = explain(card.read, company_reader())
    except ValueError:
        return Tone()
    heard = [
        (voice.span, voice.adds)
        for account in accounts
        if account.output == card.read.sentiment
        for voice in account.voices
        if voice.span
    ]
    return Tone(
        _said(card.words, [span for span, adds in heard if adds >= TELLING][:MOST_WORDS]),
        _said(card.words, [span for span, adds in heard if adds <= -TELLING][:MOST_WORDS]),
    )


def own_findings(own: ColleagueReading | None) -> list[tuple[str, list[Button]]]:
    """Return the buttons of one's own reading, by kind."""
    chosen = {
        "sentiment": [own.sentiment] if own else [],
        "feeling": own.feelings if own else [],
        "hot": own.hots if own else [],
        "theme": own.themes if own else [],
    }
    return [
        (kind, [Button(kind, key, key in keys) for key in KINDS[kind][1]]) for kind, keys in chosen.items()
    ]
