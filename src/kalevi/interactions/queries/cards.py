"""What a page shows of an interaction: the words first, then what was told and read of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch

from kalevi.interactions.models import ColleagueReading, Interaction, Reading, SelfFeeling
from kalevi.interactions.packing import unpacked
from kalevi.interactions.queries.masking import masked
from kalevi.people.models import Colleague
from kalevi.shell.roles import STAFF
from kalevi.text import Reading as Read
from kalevi.text import Span


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing the model read: how strong (0 to 1, feelings only), how sure (0 to 1), from which words."""

    kind: str
    key: str
    confidence: float
    evidence: tuple[Span, ...]
    intensity: float | None = None

    @property
    def sureness(self) -> str:
        """How sure the model was, as a key: "unsure", "likely" or "sure"."""
        return "sure" if self.confidence >= 0.75 else "likely" if self.confidence >= 0.5 else "unsure"


@dataclass(frozen=True, slots=True)
class Reply:
    """What we answered."""

    number: int
    words: str | None
    interaction: Interaction


@dataclass(frozen=True, slots=True)
class Card:
    """One interaction as a colleague sees it; `words`, `name` and feelings are masked for the board."""

    interaction: Interaction
    words: str | None
    expectation: str | None
    name: str
    read: Read | None
    told: tuple[SelfFeeling, ...]
    teller: str
    own: ColleagueReading | None
    others: tuple[ColleagueReading, ...]
    replies: tuple[Reply, ...]
    older: str | None
    newer: tuple[int, ...]
    chips: tuple[Chip, ...] = field(default=())

    @property
    def language(self) -> str:
        """The language of the words, for screen readers; empty where nobody knows."""
        language = self.read.language if self.read else self.interaction.language
        return "" if language == "und" else language

    @property
    def first_time(self) -> bool:
        """Whether the words tell of a first visit."""
        return any(chip.key == "first_time" for chip in self.chips)

    @property
    def marked(self) -> list[Span]:
        """Every place in the words that spoke for something."""
        return [span for chip in self.chips for span in chip.evidence]

    @property
    def readable(self) -> bool:
        """Whether a colleague can read the words for themselves."""
        return bool(self.words) and not self.interaction.outbound


def newest_reading(interaction: Interaction) -> Read | None:
    """Return the newest model's reading of an interaction, None where there are no words to read."""
    stored = max(interaction.readings.all(), key=lambda reading: reading.pk, default=None)
    return _unpacked(interaction, stored)


def cards_for_colleague(colleague: Colleague, ids: Sequence[int]) -> list[Card]:
    """Return the cards of these interactions, in this order, by the same number of queries for any."""
    found = {
        interaction.pk: interaction
        for interaction in Interaction.objects.filter(pk__in=ids)
        .select_related("contact", "touchpoint", "older_version")
        .prefetch_related(
            "self_feelings",
            "readings",
            Prefetch(
                "colleague_readings",
                ColleagueReading.objects.select_related("colleague", "confirmed_by").order_by("pk"),
            ),
            Prefetch("answered_by", Interaction.objects.filter(outbound=True).order_by("pk")),
            Prefetch("newer_versions", Interaction.objects.only("id", "older_version_id").order_by("pk")),
        )
    }
    tellers = {row.told_by_colleague_id or 0 for row in found.values()}
    names = dict(Colleague.objects.filter(pk__in=tellers).values_list("pk", "name"))
    return [_card(found[number], colleague, names) for number in ids if number in found]


def _card(interaction: Interaction, colleague: Colleague, names: dict[int, str]) -> Card:
    open_eyes = colleague.role in STAFF
    name = interaction.contact.name if interaction.contact else ""

    def shown(words: str | None) -> str | None:
        return words if open_eyes else masked(words, name)

    read = newest_reading(interaction)
    mine = [
        reading for reading in interaction.colleague_readings.all() if reading.colleague_id == colleague.pk
    ]
    told = [feeling for feeling in interaction.self_feelings.all() if feeling.words]
    for feeling in told:
        feeling.words = shown(feeling.words)
    return Card(
        interaction=interaction,
        words=shown(interaction.verbatim),
        expectation=shown(interaction.expectation),
        name=name if open_eyes else "",
        read=read,
        told=tuple(told),
        teller=names.get(interaction.told_by_colleague_id or 0, "") if open_eyes else "",
        own=mine[0] if mine else None,
        others=tuple(r for r in interaction.colleague_readings.all() if r.colleague_id != colleague.pk),
        replies=tuple(Reply(r.pk, shown(r.verbatim), r) for r in interaction.answered_by.all()),
        older=shown(interaction.older_version.verbatim) if interaction.older_version else None,
        newer=tuple(newer.pk for newer in interaction.newer_versions.all()),
        chips=chips(read) if read else (),
    )


def chips(read: Read) -> tuple[Chip, ...]:
    """Return everything a reading found, the surest of a kind first, each key once."""
    found = [Chip("feeling", f.feeling, f.confidence, f.evidence, f.intensity) for f in read.feelings]
    found += [Chip("hot", h.kind, h.confidence, h.evidence or (h.span,)) for h in read.hots]
    found += [Chip("theme", t.key, t.confidence, t.evidence) for t in read.themes]
    found += [Chip("mark", m.mark, m.confidence, m.evidence) for m in read.marks]
    order = ("feeling", "hot", "theme", "mark")
    joined: dict[tuple[str, str], Chip] = {}
    for chip in sorted(found, key=lambda chip: (order.index(chip.kind), -chip.confidence)):
        first = joined.get((chip.kind, chip.key))
        if first is None:
            joined[chip.kind, chip.key] = chip
        else:
            both = first.evidence + chip.evidence
            joined[chip.kind, chip.key] = Chip(chip.kind, chip.key, first.confidence, both, first.intensity)
    return tuple(joined.values())


def _unpacked(interaction: Interaction, stored: Reading | None) -> Read | None:
    if stored is None or not interaction.verbatim:
        return None
    return unpacked(
        stored.body,
        text=interaction.verbatim,
        language=stored.language,
        sentiment=stored.sentiment,
        model=stored.model,
    )
