"""Lists of cases: one's own by their next steps, and all by who has waited longest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from kalevi.cases.absent import absences, steps_meanwhile, who_steps_in
from kalevi.cases.clock import pressing, waited
from kalevi.cases.models import LIVE, Case, CaseWord, Handover, Step, Verdict
from kalevi.cases.no_models import AskedNo
from kalevi.cases.queries.praise import Thanked, thanks_for_colleague
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague

PAGE = 20
SHOWN = 300
_SHOWN_OF_WORDS = (
    "verbatim",
    "language",
    "told_by_colleague_id",
    "erasure_id",
    "kind",
    "score",
    "score_kind",
    "score_low",
    "score_high",
)
SHOWN_DUE, SOON = 3, timedelta(hours=4)
SHOWN_MEANWHILE = 5
# Key of a place in a list: the time it is ordered by, and the id among equal times.
Place = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list: the words that opened it first; `waited` in the customer's minutes.

    `happened` is what opened it without words, None where there are words or they were erased.
    """

    case: Case
    words: str
    happened: Interaction | None
    language: str
    told: bool
    waited: float
    pressing: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases and the place after which the next ones come, None at the end."""

    rows: tuple[Row, ...]
    further: Place | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A case that somebody would like to hand over to the reader."""

    handover: Handover
    row: Row


@dataclass(frozen=True, slots=True)
class Turn:
    """What is a colleague's to do now: the nearest cases, how many they carry, how many are offered,
    noes to look at, thanks to read.
    """

    rows: tuple[Row, ...]
    count: int
    offers: int
    nos: tuple[AskedNo, ...]
    thanks: Sequence[Thanked]
    # Next steps of others who are away meanwhile: for who leads, and where nobody does, for everybody.
    meanwhile: tuple[Row, ...] = ()


def own_cases_for_colleague(colleague: Colleague, now: datetime, *, after: Place | None = None) -> Page:
    """Return the live cases a colleague carries, the nearest next step first."""
    mine = _live().filter(owner=colleague).order_by("step_at", "pk")
    if after is not None:
        mine = mine.filter(step_at__gte=after[0]).exclude(step_at=after[0], pk__lte=after[1])
    return _page(mine, now, "step_at")


def live_cases_for_colleague(now: datetime, *, after: Place | None = None) -> Page:
    """Return everybody's live cases, the longest wait first."""
    everybodys = _live().order_by("waits_since", "pk")
    if after is not None:
        everybodys = everybodys.filter(waits_since__gte=after[0]).exclude(
            waits_since=after[0], pk__lte=after[1]
        )
    return _page(everybodys, now, "waits_since")


def ended_cases_for_colleague(now: datetime, *, after: Place | None = None) -> Page:
    """Return cases that rest or are resolved, the newest first."""
    ended = _with_names(Case.objects.exclude(state__in=LIVE)).order_by("-opened_at", "-pk")
    if after is not None:
        ended = ended.filter(opened_at__lte=after[0]).exclude(opened_at=after[0], pk__gte=after[1])
    return _page(ended, now, "opened_at")


def offers_for_colleague(colleague: Colleague, now: datetime) -> tuple[Offer, ...]:
    """Return what is offered to a colleague and not answered yet, the oldest offer first."""
    made = list(
        Handover.objects.filter(taker=colleague, ended_at__isnull=True)
        .select_related("giver", "case__contact", "case__touchpoint", "case__owner")
        .order_by("offered_at")[:PAGE]
    )
    rows = _rows([one.case for one in made], now)
    return tuple(Offer(one, row) for one, row in zip(made, rows, strict=True))


def nos_for_colleague(colleague: Colleague) -> tuple[AskedNo, ...]:
    """Return the noes that a colleague is asked to look at, the oldest first."""
    asked = AskedNo.objects.filter(asked=colleague, ended_at__isnull=True).select_related("colleague")
    return tuple(asked.order_by("asked_at")[:PAGE])


def turn_for_colleague(colleague: Colleague, now: datetime) -> Turn:
    """Return what is a colleague's to do now: steps and first answers that are due soon or late, what the
    customer finds unsolved, offers, noes to look at.
    """
    # Whoever was told that it is solved, and says it is not, waits whatever the hour.
    unsolved = Q(verdict=Verdict.NOT_SOLVED, step=Step.ANSWER)
    # And whose first answer is due by their own clock, though we open only on Monday.
    unanswered = Q(answered_at__isnull=True, answer_due_at__lte=now + SOON)
    soon = Q(step_at__lte=now + SOON) | unsolved | unanswered
    due = _live().filter(soon, owner=colleague).order_by("step_at", "pk")
    return Turn(
        rows=_rows(list(due[:SHOWN_DUE]), now),
        count=Case.objects.filter(owner=colleague, state__in=LIVE).count(),
        offers=Handover.objects.filter(taker=colleague, ended_at__isnull=True).count(),
        nos=nos_for_colleague(colleague),
        thanks=thanks_for_colleague(colleague, now),
        meanwhile=_meanwhile(colleague, now),
    )


def _meanwhile(colleague: Colleague, now: datetime) -> tuple[Row, ...]:
    known = absences(now)
    if not known or colleague not in who_steps_in(known):
        return ()
    return _rows(
        list(_with_names(steps_meanwhile(known, now).exclude(owner=colleague))[:SHOWN_MEANWHILE]), now
    )


def carried_for_colleague(ids: Sequence[int]) -> dict[int, Case]:
    """Return the live cases that interactions belong to, with who carries them, by the interaction's id."""
    words = CaseWord.objects.filter(interaction__in=ids, case__state__in=LIVE).select_related("case__owner")
    return {word.interaction_id: word.case for word in words}


def cases_of_contact(contact_id: int) -> Sequence[Case]:
    """Return the live cases of a contact, the longest wait first."""
    return tuple(_live().filter(contact_id=contact_id).order_by("waits_since", "pk")[:PAGE])


def _live() -> QuerySet[Case]:
    return _with_names(Case.objects.filter(state__in=LIVE))


def _with_names(cases: QuerySet[Case]) -> QuerySet[Case]:
    return cases.select_related("contact", "touchpoint", "owner")


def _page(cases: QuerySet[Case], now: datetime, order: str) -> Page:
    found = list(cases[: PAGE + 1])
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return Page(_rows(shown, now), (getattr(last, order), last.pk) if last else None)


def _rows(cases: Sequence[Case], now: datetime) -> tuple[Row, ...]:
    first = dict(
        CaseWord.objects.filter(case__in=cases, interaction__outbound=False)
        .values_list("case")
        .annotate(first=Min("interaction"))
        .values_list("case", "first")
    )
    said = Interaction.objects.only(*_SHOWN_OF_WORDS).in_bulk(first.values())
    return tuple(_row(case, said.get(first.get(case.pk, 0)), now) for case in cases)


def _row(case: Case, said: Interaction | None, now: datetime) -> Row:
    words = (said.verbatim or "") if said else ""
    if len(words) > SHOWN:
        words = (words[:SHOWN].rpartition(" ")[0] or words[:SHOWN]) + " …"
    return Row(
        case=case,
        words=words,
        happened=said if said and said.verbatim is None and said.erasure_id is None else None,
        language=said.language if said else "",
        told=said is not None and said.told_by_colleague_id is not None,
        waited=waited(case, now),
        pressing=pressing(case, now),
    )
