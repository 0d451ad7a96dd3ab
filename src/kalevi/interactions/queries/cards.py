"""What a page shows of an interaction: the words first, then what was told and read of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from kalevi.interactions.grades import grade
from kalevi.interactions.models import Channel, ColleagueReading, Interaction, Kind, Reading, SelfFeeling
from kalevi.interactions.own_themes import Known, known_themes
from kalevi.interactions.packing import unpacked
from kalevi.interactions.queries.masking import masked
from kalevi.people.models import Colleague
from kalevi.text import Reading as Read
from kalevi.text import Span

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing the model read: how strong (0 to 1, feelings only), how sure (0 to 1), from which words.

    One of the company's own themes has a `name`; the others are named by their keys.
    """

    kind: str
    key: str
    confidence: float
    evidence: tuple[Span, ...]
    intensity: float | None = None
    name: str = ""

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
    teller: str = ""


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

    # Django's own get_…_display hashes every choice each time.
    @property
    def channel(self) -> str | Promise:
        """How it reached us, in the reader's language."""
        return Channel(self.interaction.channel).label

    @property
    def kind(self) -> str | Promise:
        """What kind of thing it was, in the reader's language."""
        return Kind(self.interaction.kind).label

    @property
    def address(self) -> str:
        """Where the pages about this interaction begin."""
        return f"{_stream()}{self.interaction.pk}/"

    @property
    def marked(self) -> list[Span]:
        """Every place in the words that spoke for something."""
        return [span for chip in self.chips for span in chip.evidence]

    @property
    def erased(self) -> bool:
        """Whether words are missing because they were erased: what happened without any has none to lose."""
        said = self.interaction
        return said.verbatim is None and said.erasure_id is not None and said.kind != Kind.EVENT

    @property
    def readable(self) -> bool:
        """Whether a colleague can read the words for themselves."""
        return bool(self.words) and not self.interaction.outbound


@cache
def _stream() -> str:
    return reverse("interactions")


def newest_reading(interaction: Interaction) -> Read | None:
    """Return the newest model's reading of an interaction, None where there are no words to read."""
    return _unpacked(interaction, Reading.objects.filter(interaction=interaction).order_by("pk").last())


@dataclass(frozen=True, slots=True)
class _Around:
    """What belongs to some interactions, by their ids."""

    feelings: dict[int, list[SelfFeeling]]
    readings: dict[int, list[Reading]]
    colleagues: dict[int, list[ColleagueReading]]
    replies: dict[int, list[Interaction]]
    newer: dict[int, list[Interaction]]
    tellers: dict[int, str]


def cards_for_colleague(colleague: Colleague, ids: Sequence[int]) -> list[Card]:
    """Return the cards of these interactions, in this order, by the same number of queries for any."""
    said = Interaction.objects.select_related("contact", "touchpoint", "older_version")
    found = {interaction.pk: interaction for interaction in said.filter(pk__in=ids)}
    theirs = ColleagueReading.objects.select_related("colleague", "confirmed_by")
    replies = _grouped(Interaction.objects.filter(answers__in=ids, outbound=True), "answers_id")
    told = [*found.values(), *chain.from_iterable(replies.values())]
    # Django's own prefetching makes a query set for every row: grouping by hand takes a third of the time.
    around = _Around(
        _grouped(SelfFeeling.objects.filter(interaction__in=ids), "interaction_id"),
        _grouped(Reading.objects.filter(interaction__in=ids), "interaction_id"),
        _grouped(theirs.filter(interaction__in=ids), "interaction_id"),
        replies,
        _grouped(
            Interaction.objects.filter(older_version__in=ids).only("older_version_id"), "older_version_id"
        ),
        dict(
            Colleague.objects.filter(pk__in={row.told_by_colleague_id or 0 for row in told}).values_list(
                "pk", "name"
            )
        ),
    )
    own = _own_chips(found, known_themes())
    return [_card(found[number], colleague, around, own) for number in ids if number in found]


def _own_chips(found: Mapping[int, Interaction], known: Known) -> dict[int, list[Chip]]:
    """Return the company's own themes in customers' words: looked for anew, for they may have changed."""
    said = [one for one in found.values() if one.verbatim and not one.outbound] if known.seeds else []
    carried = known.of([one.verbatim or "" for one in said])
    return {
        one.pk: [Chip("theme", t.key, t.confidence, t.evidence, name=known.name(t.key)) for t in themes]
        for one, themes in zip(said, carried, strict=True)
    }


def _grouped(rows: QuerySet[Row], name: str) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in rows.order_by("pk"):
        groups.setdefault(getattr(row, name), []).append(row)
    return groups


def _last(rows: list[Row] | None) -> Row | None:
    return rows[-1] if rows else None


def _card(
    interaction: Interaction, colleague: Colleague, around: _Around, own: Mapping[int, list[Chip]]
) -> Card:
    open_eyes = colleague.sees_names
    number, older = interaction.pk, interaction.older_version
    name = interaction.contact.name if interaction.contact else ""

    def shown(words: str | None) -> str | None:
        return words if open_eyes else masked(words, name)

    def teller(row: Interaction) -> str:
        return around.tellers.get(row.told_by_colleague_id or 0, "") if open_eyes else ""

    read = _unpacked(interaction, _last(around.readings.get(number)))
    told = [feeling for feeling in around.feelings.get(number, ()) if feeling.words]
    for feeling in told:
        feeling.words = shown(feeling.words)
    theirs = around.colleagues.get(number, ())
    return Card(
        interaction=interaction,
        words=shown(interaction.verbatim),
        expectation=shown(interaction.expectation),
        name=name if open_eyes else "",
        read=read,
        told=tuple(told),
        teller=teller(interaction),
        own=next((reading for reading in theirs if reading.colleague_id == colleague.pk), None),
        others=tuple(reading for reading in theirs if reading.colleague_id != colleague.pk),
        replies=tuple(Reply(r.pk, shown(r.verbatim), r, teller(r)) for r in around.replies.get(number, ())),
        older=shown(older.verbatim) if older else None,
        newer=tuple(newer.pk for newer in around.newer.get(number, ())),
        chips=chips(read, own.get(number, ())) if read else (),
    )


def chips(read: Read, own: Sequence[Chip] = ()) -> tuple[Chip, ...]:
    """Return everything a reading found, and own themes, the surest of a kind first, each key once."""
    found = [Chip("feeling", f.feeling, f.confidence, f.evidence, f.intensity) for f in read.feelings]
    found += [Chip("hot", h.kind, h.confidence, h.evidence or (h.span,)) for h in read.hots]
    found += [Chip("theme", t.key, t.confidence, t.evidence) for t in read.themes]
    found += own
    found += [Chip("mark", m.mark, m.confidence, m.evidence) for m in read.marks]
    order = ("feeling", "hot", "theme", "mark")
    joined: dict[tuple[str, str], Chip] = {}
    for chip in sorted(found, key=lambda chip: (order.index(chip.kind), -chip.confidence)):
        first = joined.get((chip.kind, chip.key))
        if first is None:
            joined[chip.kind, chip.key] = chip
        else:
            both = first.evidence + chip.evidence
            joined[chip.kind, chip.key] = replace(first, evidence=both)
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
        grade=grade(interaction.score_kind, interaction.score, interaction.score_low, interaction.score_high),
    )
