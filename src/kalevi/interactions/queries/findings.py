"""Why the model read what it read; and the findings a colleague can choose among."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kalevi.interactions.findings import KINDS
from kalevi.interactions.models import ColleagueReading
from kalevi.interactions.queries.cards import Card, Chip
from kalevi.interactions.readers import company_reader
from kalevi.text import Reading, Span, explain
from kalevi.text.explaining import GRADE, WHOLE, Account

MOST_WORDS = 5
# Log odds that a word must take away before it is worth naming.
TELLING = 0.05
# What tone and length add to a problem is never nothing: this much is worth naming.
WEIGHTY = 0.5


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words that spoke for something and against it; whether the customer's score did, and the whole."""

    words_for: tuple[str, ...] = ()
    words_against: tuple[str, ...] = ()
    score_for: bool = False
    score_against: bool = False
    whole_for: bool = False
    whole_against: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding with what spoke for it and against it."""

    chip: Chip
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Button:
    """One finding of one's own reading, pressed or not."""

    kind: str
    key: str
    pressed: bool


@dataclass(frozen=True, slots=True)
class Why:
    """What spoke for the tone of a reading, and for each finding in the order of its chips."""

    tone: Spoken = Spoken()
    reasons: tuple[Reason, ...] = ()


def why_for_colleague(card: Card) -> Why:
    """Return why the newest reading reads so; no words where another version of the model read it."""
    if card.read is None or card.words is None:
        return Why()
    accounts, words = _accounts(card.read), card.words
    return Why(
        _spoken(words, accounts.get(card.read.sentiment)),
        # The words as this reader may see them: what was dotted out stays so.
        tuple(Reason(chip, _spoken(words, accounts.get(chip.key), chip.evidence)) for chip in card.chips),
    )


def _accounts(read: Reading) -> dict[str, Account]:
    """Return how each output came about; nothing when another version of the model read it."""
    try:
        return {account.output: account for account in explain(read, company_reader())}
    except ValueError:
        return {}


def _spoken(words: str, account: Account | None, evidence: Sequence[Span] = ()) -> Spoken:
    voices = account.voices if account else ()
    heard = [(voice.span, voice.adds) for voice in voices if voice.span]
    score, whole = (
        sum(voice.adds for voice in voices if voice.name == name and voice.span is None)
        for name in (GRADE, WHOLE)
    )
    return Spoken(
        _said(words, evidence or [span for span, adds in heard if adds > 0][:MOST_WORDS]),
        _said(words, [span for span, adds in heard if adds <= -TELLING][:MOST_WORDS]),
        score >= TELLING,
        score <= -TELLING,
        whole >= WEIGHTY,
        whole <= -WEIGHTY,
    )


def _said(words: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return what was said at the spans, in that order; words side by side are one."""
    joined: list[Span] = []
    for start, end in sorted(set(spans)):
        if joined and words[joined[-1][1] : start] == " ":
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(dict.fromkeys(words[start:end] for start, end in joined))


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
