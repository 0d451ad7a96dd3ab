"""Why the model read what it read; and the findings a colleague can choose among."""

from dataclasses import dataclass

from kalevi.interactions.findings import KINDS
from kalevi.interactions.models import ColleagueReading
from kalevi.interactions.queries.cards import Card, Chip
from kalevi.text import Span, explain


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding with the words that spoke for it and against it."""

    chip: Chip
    spans: tuple[Span, ...]
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
    explained = explain(card.read)
    reasons = []
    for chip in card.chips:
        spoke_for, against = _words(explained.get(chip.key), card.read.text)
        said = tuple(dict.fromkeys(card.words[start:end] for start, end in chip.evidence)) or spoke_for
        # What was dotted out in the words stays dotted out here.
        reasons.append(
            Reason(chip, chip.evidence, said, tuple(word for word in against if word in card.words))
        )
    return reasons


def _words(found: object, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (tuple(str(word) for word in found), ()) if isinstance(found, list | tuple) else ((), ())


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
