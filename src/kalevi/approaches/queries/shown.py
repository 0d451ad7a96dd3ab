"""Approaches as a colleague sees them: the words that gave the reason, the reason, how to begin."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kalevi.approaches.models import LIVE, Approach, Met, State
from kalevi.approaches.openings import Opening, language_of, opening
from kalevi.approaches.words import reason_in_words
from kalevi.channels.email.models import Sending
from kalevi.channels.email.outbox import can_send
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import Card, cards_for_colleague
from kalevi.people.models import Colleague
from kalevi.shell.queries import company

PAGE = 20
THANKS = frozenset({"praise_of_colleague", "better_than_expected", "wow", "relief"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One approach. `said` holds the words that gave the reason, `after` what they said after it.

    `ways` are those by which we can reach them; `seems` is how it seems to have been met, by those words.
    """

    approach: Approach
    reason: str
    opening: Opening
    said: Card | None
    after: Card | None
    ways: frozenset[str]
    seems: str


@dataclass(frozen=True, slots=True)
class Turn:
    """What Today shows: who is proposed, whom the reader has taken, and of whom we wait to hear."""

    proposed: tuple[Shown, ...]
    mine: tuple[Shown, ...]
    heard: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some approaches, and the id after which older ones come, None at the end."""

    rows: tuple[Shown, ...]
    further: int | None


def approaches_for_today(colleague: Colleague) -> Turn:
    """Return what concerns a colleague now: proposals, their own, and those who have answered them."""
    concerns = Q(state=State.PROPOSED) | Q(taken_by=colleague, state__in=(State.TAKEN, State.APPROACHED))
    rows = shown(colleague, list(_standing().filter(concerns).order_by("pk")))
    return Turn(
        proposed=tuple(row for row in rows if row.approach.state == State.PROPOSED),
        mine=tuple(row for row in rows if row.approach.state == State.TAKEN),
        heard=tuple(row for row in rows if row.approach.state == State.APPROACHED and row.after),
    )


def approaches_for_colleague(colleague: Colleague, chosen: str, *, before: int | None = None) -> Page:
    """Return one page of approaches, the newest first: those that are "live", or that have "ended"."""
    rows = _standing() if chosen == "live" else _named().exclude(state__in=LIVE)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    page = found[:PAGE]
    return Page(shown(colleague, page), page[-1].pk if len(found) > PAGE else None)


def approach_for_colleague(colleague: Colleague, approach_id: int) -> Shown:
    """Return one approach. Raises Approach.DoesNotExist."""
    return shown(colleague, [_named().get(pk=approach_id)])[0]


def mail_of(approach: Approach) -> Sending | None:
    """Return the mail that carried an approach, with what became of it; None where it went another way."""
    return Sending.objects.filter(key=f"approach:{approach.pk}").defer("text", "html").first()


def shown(colleague: Colleague, approaches: Sequence[Approach]) -> tuple[Shown, ...]:
    """Return approaches with their words, by the same number of queries for any of them."""
    if not approaches:
        return ()
    after = _words_after(approaches)
    ids = {one.said_id for one in approaches if one.said_id} | set(after.values())
    cards = {card.interaction.pk: card for card in cards_for_colleague(colleague, sorted(ids))}
    companys, sends = company().language, can_send()
    rows = []
    for one in approaches:
        said, later = cards.get(one.said_id or 0), cards.get(after.get(one.pk, 0))
        read = said.language if said else ""
        rows.append(
            Shown(
                approach=one,
                reason=reason_in_words(one),
                opening=opening(one, language_of(one.contact, read, companys)),
                said=said,
                after=later,
                ways=_ways(one, sends),
                seems=_seems(later),
            )
        )
    return tuple(rows)


def _named() -> QuerySet[Approach]:
    return Approach.objects.select_related("contact__account", "taken_by", "sent")


def _standing() -> QuerySet[Approach]:
    """Return live ones of people who are still there and have not asked for peace since."""
    return _named().filter(
        Q(state=State.APPROACHED) | Q(contact__in_peace_since__isnull=True),
        state__in=LIVE,
        contact__erasure__isnull=True,
        contact__merged_into__isnull=True,
    )


def _words_after(approaches: Sequence[Approach]) -> dict[int, int]:
    """Approach -> the first words of theirs after we had walked up to them."""
    waiting = {
        one.contact_id: (one.pk, earliest_id(one.approached_at))
        for one in approaches
        if one.state == State.APPROACHED and one.approached_at is not None
    }
    earliest = min((since for _pk, since in waiting.values()), default=0)
    rows = Interaction.objects.filter(
        contact__in=waiting, outbound=False, pk__gte=earliest, verbatim__isnull=False
    ).order_by("-pk")
    found: dict[int, int] = {}
    for number, contact_id in rows.values_list("pk", "contact") if waiting else ():
        approach_id, since = waiting[contact_id or 0]
        if number >= since:
            found[approach_id] = number
    return found


def _ways(one: Approach, sends: bool) -> frozenset[str]:
    ways = {"person"}
    if one.contact.phone:
        ways.add("phone")
    if one.contact.email and sends:
        ways.add("mail")
    return frozenset(ways)


def _seems(after: Card | None) -> str:
    """Return how it seems to have been met, as the words were read: a guess, to be confirmed by a tap."""
    if after is None:
        return ""
    glad = after.read is not None and after.read.sentiment == "positive"
    return Met.THANKED if glad or THANKS & {chip.key for chip in after.chips} else Met.ANSWERED
