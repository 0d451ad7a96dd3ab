"""What the demo's customers were promised, in answers and face to face, and what became of it by now."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from kalevi.cases.models import Case
from kalevi.demo.clock import ZONE, is_open
from kalevi.demo.material import comments, company
from kalevi.demo.plan import colleague_address
from kalevi.demo.written import written_promises
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague, Contact, Side
from kalevi.promises.actions.brand import store_brand_promise
from kalevi.promises.actions.giving import confirm, give, refuse
from kalevi.promises.actions.keeping import (
    give_up,
    keep,
    keep_customers_verdict,
    put_under,
    release_by_customer,
    tell_new_time,
)
from kalevi.promises.actions.proposing import propose
from kalevi.promises.actions.reminding import remind
from kalevi.promises.brand_models import BrandPromise, Measure
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise, Theirs
from kalevi.promises.times import end_of
from kalevi.shell.roles import LEADERS

_BEFORE = timedelta(days=200)
_ENDS = time(14, 20)


def keep_promises(now: datetime) -> int:
    """Give what was promised, each at its time, and say what became of it; return how many there are."""
    if Promise.objects.exists():
        return 0
    leader = Colleague.objects.here(LEADERS).order_by("pk")[0]
    to_all = {told["key"]: told["names"] for told in company()["brand_promises"]}
    always = _brand(to_all["what_we_say"], Measure.KEPT, leader)
    _brand(to_all["one_of_us"], Measure.ANSWERED, leader, minutes=24 * 60)
    _brand(to_all["come_along"], Measure.SCORE, leader, places=("recycling_yard",))
    told = written_promises()
    _of_answers(told["answers"], always, leader, now)
    promised: set[int] = set()
    for one in told["given"]:
        if contact := _somebody(one, now, promised):
            promised.add(contact.pk)
            _given(one, contact, always, now)
    today = datetime.combine(now.astimezone(ZONE).date(), time(0, 1), ZONE)
    for at in (min(today, now), now):
        remind(now=at)
    # What was answered just now waits for somebody to say whether it is a promise.
    fresh = Interaction.objects.filter(outbound=True, occurred_at__gt=now - timedelta(hours=1))
    propose(ids=list(fresh.values_list("pk", flat=True)))
    return Promise.objects.count()


def _of_answers(became: dict[str, str], always: BrandPromise, leader: Colleague, now: datetime) -> None:
    """Confirm what answers promised, as their writers would right after, and say what became of it."""
    replies = {one.reply: one.id for one in comments() if one.id in became}
    answers = Interaction.objects.filter(outbound=True, verbatim__in=[*replies])
    propose(ids=[answer.pk for answer in answers])
    for proposal in Proposal.objects.select_related("interaction", "owner").order_by(
        "interaction__occurred_at"
    ):
        said = proposal.interaction
        if proposal.due_at is None or proposal.owner is None or proposal.due_at <= said.occurred_at:
            # An answer that went out later in the day than its own "today".
            refuse(proposal_id=proposal.pk, colleague=leader)
            continue
        at = said.occurred_at + timedelta(minutes=2)
        made = confirm(proposal_id=proposal.pk, colleague=proposal.owner, now=at)
        put_under(promise_id=made.pk, brand=always, colleague=proposal.owner)
        _end(made, became[replies[said.verbatim or ""]], now)


def _given(one: dict[str, Any], contact: Contact, always: BrandPromise, now: datetime) -> None:
    owner = Colleague.objects.get(email=colleague_address(one["owner"]))
    given_at = min(moment_of(now, *one["given"]), now - timedelta(minutes=2))
    due_at, by_day = due_of(one, now)
    made = give(
        contact=contact,
        words=one["words"],
        due_at=due_at,
        by_day=by_day,
        giver=owner,
        touchpoint=Touchpoint.objects.get(key=one["near"]),
        brand=always if one.get("brand") else None,
        now=given_at,
    )
    if "told" in one:
        days, clock, until = one["told"]
        tell_new_time(
            promise_id=made.pk,
            colleague=owner,
            due_at=end_of(_day(now, until), ZONE),
            by_day=True,
            now=moment_of(now, days, clock),
        )
    _end(made, one.get("became", "open"), now)
    if "theirs" in one:
        verdict, ended_at = Theirs(one["theirs"]), Promise.objects.get(pk=made.pk).ended_at or now
        at = min(now, ended_at + timedelta(hours=5))
        keep_customers_verdict(promise_id=made.pk, contact_id=contact.pk, verdict=verdict, now=at)


def _somebody(one: dict[str, Any], now: datetime, promised: set[int]) -> Contact | None:
    """Return who may have been promised it: the last to deal with us there before, nobody twice.

    Those with a case heard something else from us.
    """
    with_a_case = Case.objects.filter(contact__isnull=False).values("contact")
    there = Interaction.objects.filter(
        touchpoint__key=one["near"],
        occurred_at__range=(now - _BEFORE, moment_of(now, *one["given"])),
        contact__language=one["language"],
        contact__side=Side.CUSTOMER,
        contact__in_peace_since__isnull=True,
        contact__name__gt="",
    ).exclude(Q(contact__in=promised) | Q(contact__in=with_a_case))
    last = there.order_by("-occurred_at", "contact__email").select_related("contact").first()
    return last.contact if last else None


def _end(promise: Promise, became: str, now: datetime) -> None:
    """Say what became of a promise, when it is natural: in time, a day late, or when the time had passed."""
    if became == "open" or promise.due_at >= now:
        return
    owner, given_at = promise.owner, promise.promised_at or promise.made_at
    by_day = datetime.combine(promise.due_at.astimezone(ZONE).date(), _ENDS, ZONE)
    in_time = by_day if promise.by_day else promise.due_at - (promise.due_at - given_at) / 4
    after = datetime.combine(_day(promise.due_at, 1), time(11, 5), ZONE)
    match became:
        case "kept":
            at = min(max(in_time, given_at + (promise.due_at - given_at) / 4), promise.due_at)
            keep(promise_id=promise.pk, colleague=owner, at=at, now=at)
        case "late":
            keep(promise_id=promise.pk, colleague=owner, at=min(after, now), now=min(after, now))
        case "broken":
            give_up(promise_id=promise.pk, colleague=owner, now=min(after, now))
        case "released":
            release_by_customer(promise_id=promise.pk, contact_id=promise.contact_id, now=in_time)


def due_of(one: dict[str, Any], now: datetime) -> tuple[datetime, bool]:
    """Return by when one was promised, and whether for a whole day."""
    if "minutes" in one:
        return now + timedelta(minutes=one["minutes"]), False
    days, clock = one["due"]
    return (end_of(_day(now, days), ZONE), True) if clock is None else (moment_of(now, days, clock), False)


def _day(now: datetime, days: int) -> date:
    """Return the day so many days from now, moved away from now to one on which the shop is open."""
    day = now.astimezone(ZONE).date() + timedelta(days=days)
    while days and not is_open(day):
        day += timedelta(days=1 if days > 0 else -1)
    return day


def moment_of(now: datetime, days: int, clock: str) -> datetime:
    """Return a time of day so many days from now, on a day the shop is open."""
    return datetime.combine(_day(now, days), time.fromisoformat(clock), ZONE)


def _brand(
    words: dict[str, str],
    measure: Measure,
    leader: Colleague,
    *,
    minutes: int | None = None,
    places: tuple[str, ...] = (),
) -> BrandPromise:
    within = Touchpoint.objects.filter(active=True, within_reach=True)
    return store_brand_promise(
        brand=None,
        words=words,
        touchpoints=within.filter(key__in=places) if places else within,
        measure=measure,
        minutes=minutes,
        survey=None,
        question="",
        theme="",
        actor_id=leader.pk,
    )
