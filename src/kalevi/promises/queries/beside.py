"""Promises on the pages of other rooms: Today, a case, a customer, the customer's own page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from kalevi.interactions.fresh import FRESH
from kalevi.people.models import Colleague
from kalevi.promises.models import Promise, Source, State
from kalevi.promises.queries.lists import Guess, Row, guesses, rows_of, waiting_proposals

ON_TODAY, COUNTED, BESIDE, GUESSED, GUESSED_TODAY = 3, 100, 10, 3, 1
STILL_ASKED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a colleague is to keep soon or late already, the first of `count`, and what may be a promise."""

    rows: tuple[Row, ...]
    guesses: tuple[Guess, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What one customer was promised and has not got yet, and what may be promises to them."""

    rows: tuple[Row, ...]
    guesses: tuple[Guess, ...]

    @property
    def count(self) -> int:
        """How many promises are to be kept, `BESIDE` at most."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Told:
    """A promise as its customer sees it; `words` are empty where they are a colleague's own note."""

    number: int
    words: str
    first_due_at: datetime
    due_at: datetime
    first_by_day: bool
    by_day: bool
    open: bool
    passed: bool
    verdict: str

    @property
    def came(self) -> bool:
        """Whether its day has come, so that there is something to say of it."""
        return self.passed or not self.open

    @property
    def moved(self) -> bool:
        """Whether we told them another time than the first."""
        return self.due_at != self.first_due_at


def turn_for_colleague(colleague: Colleague, now: datetime) -> Turn:
    """Return what is a colleague's to do about promises now: three queries at most, for any number."""
    mine = Promise.objects.filter(owner=colleague, state=State.OPEN)
    near = mine.filter(Q(warn_at__lte=now) | Q(due_at__lte=now)).order_by("due_at", "pk")
    perhaps = waiting_proposals().filter(
        Q(owner=colleague) | Q(owner__isnull=True), found_at__gte=now - FRESH
    )
    pressing = list(near.select_related("contact", "owner", "touchpoint")[:COUNTED])
    return Turn(
        rows=rows_of(pressing[:ON_TODAY], now),
        guesses=guesses(list(perhaps.order_by("-pk")[:GUESSED_TODAY])),
        count=len(pressing),
    )


def promises_beside(contact_id: int | None, now: datetime | None = None) -> Beside | None:
    """Return what a contact was promised, for a page about them; None where nobody is known."""
    if contact_id is None:
        return None
    found = Promise.objects.filter(contact_id=contact_id, state=State.OPEN).order_by("due_at", "pk")
    perhaps = waiting_proposals().filter(interaction__contact_id=contact_id).order_by("-pk")
    return Beside(
        rows=rows_of(
            list(found.select_related("contact", "owner", "touchpoint")[:BESIDE]), now or timezone.now()
        ),
        guesses=guesses(list(perhaps[:GUESSED])),
    )


def promises_for_customer(contact_id: int | None, now: datetime) -> tuple[Told, ...]:
    """Return what a customer sees: what is open, and what was due lately."""
    if contact_id is None:
        return ()
    lately = Q(first_due_at__gt=now - STILL_ASKED) & ~Q(state__in=(State.RELEASED, State.FELL_AWAY))
    found = Promise.objects.filter(Q(state=State.OPEN) | lately, contact_id=contact_id)
    return tuple(_told(one, now) for one in found.order_by("due_at", "pk")[:BESIDE])


def _told(promise: Promise, now: datetime) -> Told:
    return Told(
        number=promise.pk,
        # A note is a colleague's own words about the customer: the customer is not shown it.
        words="" if promise.source == Source.NOTED else promise.words or "",
        first_due_at=promise.first_due_at,
        due_at=promise.due_at,
        first_by_day=promise.first_by_day,
        by_day=promise.by_day,
        open=promise.state == State.OPEN,
        passed=promise.due_at <= now,
        verdict=promise.theirs,
    )
