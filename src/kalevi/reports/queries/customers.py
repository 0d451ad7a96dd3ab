"""A customer's page: their words first, then the whole relationship."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from kalevi.cases.queries.mails import mails_by_intake
from kalevi.interactions.findings import KINDS, code, name
from kalevi.interactions.models import Channel, Found, Interaction
from kalevi.interactions.queries.cards import Card, cards_for_colleague
from kalevi.people.models import Colleague, Contact, Stage, StageChange
from kalevi.stats.behaviour import Behaviour, Encounter, behaviour

PAGE = 12
LOOKED_AT = 250
FELT, HOTS = 12, 9
FIRST = timedelta(days=30)
TONES = {"positive": 1, "neutral": 0, "mixed": 0, "negative": -1}
CODES = [code(kind, key) for kind in ("feeling", "sentiment", "hot") for key in KINDS[kind][1]]
CODES.append(code("mark", "first_time"))


class Happened(NamedTuple):
    """One interaction, as little of it as the overview needs."""

    pk: int
    occurred_at: datetime
    channel: str
    outbound: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline: a card with words or of an event, or a change of stage."""

    at: datetime
    card: Card | None = None
    stage: str = ""


@dataclass(frozen=True, slots=True)
class HotQuote:
    """A sentence that tells a dream, a problem or a need, or several of them."""

    kinds: tuple[str, ...]
    words: str
    card: Card


@dataclass(frozen=True, slots=True)
class Overview:
    """What the newest `LOOKED_AT` interactions tell of a customer."""

    newest: Card | None
    first_time: bool
    felt: tuple[Card, ...]
    hots: tuple[HotQuote, ...]
    changed: Behaviour


def timeline_for_colleague(
    colleague: Colleague, contact: Contact, *, before: int | None = None
) -> tuple[list[Row], int | None]:
    """Return one page of everything that happened, newest first, and the id to go on before.

    Our answers stand under what they answer. Changes of stage stand where they happened in time.
    """
    mine = (
        Interaction.objects.filter(contact=contact)
        .exclude(outbound=True, answers__isnull=False)
        .order_by("-pk")
    )
    newer_than = mine.filter(pk__lt=before) if before is not None else mine
    found = list(newer_than.values_list("pk", "occurred_at")[: PAGE + 1])
    more = len(found) > PAGE
    page = found[:PAGE]
    cards = list(cards_for_colleague(colleague, [number for number, _at in page]))
    _tell_fates(cards)
    rows = [Row(card.interaction.occurred_at, card=card) for card in cards]
    changes = StageChange.objects.filter(contact=contact)
    if before is not None:
        above = Interaction.objects.filter(pk=before, contact=contact).values_list("occurred_at", flat=True)
        changes = changes.filter(at__lt=above.first() or timezone.now())
    if more:
        changes = changes.filter(at__gte=page[-1][1])
    rows += [Row(change.at, stage=change.get_stage_display()) for change in changes.order_by("-at")[:100]]
    rows.sort(key=lambda row: row.at, reverse=True)
    return rows, page[-1][0] if more else None


def _tell_fates(cards: Sequence[Card]) -> None:
    """Write beside each mail of ours, as `fate`, whether it arrived; in one query."""
    ours = [card.interaction for card in cards if card.interaction.outbound]
    ours += [reply.interaction for card in cards for reply in card.replies]
    mails = mails_by_intake(one.intake_id for one in ours)
    for one in ours:
        if one.intake_id in mails:
            one.fate = mails[one.intake_id].sending.get_state_display()  # type: ignore[attr-defined]


def known_since(contact: Contact) -> datetime:
    """Return when the relationship began: the first thing that happened, or that the contact was made."""
    mine = Interaction.objects.filter(contact=contact).order_by("pk")
    first = mine.values_list("occurred_at", flat=True).first()
    return min(first, contact.created_at) if first else contact.created_at


def overview_for_colleague(
    colleague: Colleague, contact: Contact, *, now: datetime, shown: Sequence[Row] = ()
) -> Overview:
    """Return what stands beside the timeline, whose `shown` rows need not be read twice."""
    happened = [
        Happened(pk, at, channel, outbound, teller is not None)
        for pk, at, channel, outbound, teller in Interaction.objects.filter(contact=contact)
        .order_by("-pk")
        .values_list("pk", "occurred_at", "channel", "outbound", "told_by_colleague_id")[:LOOKED_AT]
    ]
    theirs = [one for one in happened if not one.outbound]
    found: dict[int, set[tuple[str, str]]] = {}
    rows = Found.objects.filter(code__in=CODES, interaction_id__in=[one.pk for one in theirs])
    for number, interaction_id in rows.values_list("code", "interaction_id"):
        found.setdefault(interaction_id, set()).add(name(number))
    worded = [one for one in theirs if one.pk in found]
    felt = [one.pk for one in worded][:FELT]
    hot = [one.pk for one in worded if any(kind == "hot" for kind, _key in found[one.pk])][:HOTS]
    own = [one.pk for one in worded if not one.told][:1]
    cards = {row.card.interaction.pk: row.card for row in shown if row.card}
    more = sorted({*felt, *hot, *own} - cards.keys(), reverse=True)
    cards |= {card.interaction.pk: card for card in cards_for_colleague(colleague, more)}
    return Overview(
        newest=cards.get(own[0]) if own else None,
        first_time=_first_time(contact, theirs, found, now),
        felt=tuple(cards[number] for number in reversed(felt) if number in cards),
        hots=tuple(_hots([cards[number] for number in hot if number in cards])),
        changed=behaviour([_encounter(one, found.get(one.pk, set())) for one in theirs], now),
    )


def _first_time(
    contact: Contact, theirs: Sequence[Happened], found: dict[int, set[tuple[str, str]]], now: datetime
) -> bool:
    """One day of encounters only, or lately said to be the first time."""
    days = {timezone.localtime(one.occurred_at).date() for one in theirs}
    if len(days) == 1 and contact.stage not in (Stage.ENDED, Stage.RETURNED):
        return True
    lately = [one.pk for one in theirs if one.occurred_at > now - FIRST]
    return any(("mark", "first_time") in found.get(number, ()) for number in lately)


def _encounter(one: Happened, found: set[tuple[str, str]]) -> Encounter:
    tone = next((TONES[key] for kind, key in found if kind == "sentiment"), None)
    return Encounter(one.occurred_at, str(Channel(one.channel).label), tone)


def _hots(cards: Sequence[Card]) -> list[HotQuote]:
    order = KINDS["hot"][1]
    quotes = []
    for card in cards:
        sentences: dict[tuple[int, int], set[str]] = {}
        for hot in card.read.hots if card.read else ():
            sentences.setdefault(hot.span, set()).add(hot.kind)
        for (start, end), kinds in sentences.items():
            words = (card.words or "")[start:end].strip()
            quotes.append(HotQuote(tuple(kind for kind in order if kind in kinds), words, card))
    return sorted(quotes[:HOTS], key=lambda quote: order.index(quote.kinds[0]))
