"""The ledger: promises to be kept by their time, and those that ended, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from kalevi.people.models import Colleague
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise, State, Theirs

PAGE = 20
LISTS = ("mine", "all", "maybe", "ended")
SHOWN = 300
# Key of a place in a list: the time it is ordered by, and the id among equal times.
Place = tuple[datetime, int]

# What the customer says and what we say of it, where both have said something and they differ.
OTHERWISE = ~Q(theirs="") & ~Q(state=State.RELEASED) & ~Q(theirs=F("state"))
NARROWER: dict[str, Q] = {
    "kept": Q(state=State.KEPT),
    "late": Q(state=State.LATE),
    "broken": Q(state=State.BROKEN),
    "released": Q(state=State.RELEASED),
    "otherwise": OTHERWISE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One promise; `pressing` is "late", "near" or nothing, `otherwise`: the customer sees it otherwise."""

    promise: Promise
    pressing: str
    otherwise: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some promises and the place after which the next ones come, None at the end."""

    rows: tuple[Row, ...]
    further: Place | None


@dataclass(frozen=True, slots=True)
class Guess:
    """Words that may be a promise: `known` are promises to the same customer, which they may speak of."""

    proposal: Proposal
    words: str
    known: tuple[Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Guesses:
    """Some proposals, the newest first, and the id to go on before."""

    rows: tuple[Guess, ...]
    older: int | None


def open_for_colleague(
    now: datetime, *, owner: Colleague | None = None, due: bool = False, after: Place | None = None
) -> Page:
    """Return what is to be kept, by one or by all, the nearest time first; `due`: only late or near."""
    found = Promise.objects.filter(state=State.OPEN)
    if owner is not None:
        found = found.filter(owner=owner)
    if due:
        found = found.filter(Q(warn_at__lte=now) | Q(due_at__lte=now))
    if after is not None:
        found = found.filter(due_at__gte=after[0]).exclude(due_at=after[0], pk__lte=after[1])
    return _page(found.order_by("due_at", "pk"), now, "due_at")


def ended_for_colleague(now: datetime, *, only: str = "", after: Place | None = None) -> Page:
    """Return what has ended, by the first date, the newest first; `only` is a key of `NARROWER` or empty."""
    if only == "otherwise":
        found = Promise.objects.filter(OTHERWISE)
    else:
        found = Promise.objects.exclude(state=State.OPEN)
        if only in NARROWER:
            found = found.filter(NARROWER[only])
    if after is not None:
        found = found.filter(first_due_at__lte=after[0]).exclude(first_due_at=after[0], pk__gte=after[1])
    return _page(found.order_by("-first_due_at", "-pk"), now, "first_due_at")


def _page(found: QuerySet[Promise], now: datetime, order: str) -> Page:
    some = list(found.select_related("contact", "owner", "touchpoint")[: PAGE + 1])
    shown = some[:PAGE]
    last = shown[-1] if len(some) > PAGE else None
    return Page(rows_of(shown, now), (getattr(last, order), last.pk) if last else None)


def rows_of(promises: Sequence[Promise], now: datetime) -> tuple[Row, ...]:
    """Return promises as rows."""
    return tuple(Row(one, pressing(one, now), seen_otherwise(one)) for one in promises)


def pressing(promise: Promise, now: datetime) -> str:
    """Return "late" where the time has passed, "near" where the owner is reminded, else nothing."""
    if promise.state != State.OPEN:
        return ""
    return "late" if promise.due_at <= now else "near" if promise.warn_at <= now else ""


def seen_otherwise(promise: Promise) -> bool:
    """Whether the customer says something else of it than we do: `OTHERWISE` for one promise."""
    return promise.theirs in Theirs.values and promise.state not in (State.RELEASED, promise.theirs)


def guesses_for_colleague(*, before: int | None = None) -> Guesses:
    """Return what may be promises and nobody has looked at yet, the newest first."""
    found = waiting_proposals()
    if before is not None:
        found = found.filter(pk__lt=before)
    some = list(found.order_by("-pk")[: PAGE + 1])
    return Guesses(guesses(some[:PAGE]), some[PAGE - 1].pk if len(some) > PAGE else None)


def waiting_proposals() -> QuerySet[Proposal]:
    """Return proposals that nobody answered, of customers who are still here."""
    return Proposal.objects.filter(
        answer="",
        interaction__erasure__isnull=True,
        interaction__contact__isnull=False,
        interaction__contact__erasure__isnull=True,
    ).select_related("interaction__contact", "owner", "breaks")


def guesses(proposals: Sequence[Proposal]) -> tuple[Guess, ...]:
    """Return proposals with their words and the open promises to the same customers: one query."""
    contacts = {one.interaction.contact_id or 0 for one in proposals}
    known: dict[int, list[Promise]] = {}
    for promise in Promise.objects.filter(contact_id__in=contacts, state=State.OPEN).order_by("due_at"):
        known.setdefault(promise.contact_id, []).append(promise)
    return tuple(
        Guess(
            one,
            (one.interaction.verbatim or "")[one.words_from : one.words_to],
            tuple(known.get(one.interaction.contact_id or 0, ())[:3]),
        )
        for one in proposals
    )
