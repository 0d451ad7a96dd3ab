"""What the demo's customers were promised, by what they told of it, and what became of it."""

from contextlib import suppress
from datetime import datetime, timedelta

from kalevi.demo.material import company
from kalevi.interactions.findings import code
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Found
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague
from kalevi.promises.actions.brand import store_brand_promise
from kalevi.promises.actions.giving import TimeError, confirm, give
from kalevi.promises.actions.keeping import give_up, keep, put_under
from kalevi.promises.actions.proposing import propose
from kalevi.promises.brand_models import BrandPromise, Measure
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise
from kalevi.shell.roles import CLOSE, LEADERS

LOOKED_AT, WORDS_AT_MOST = timedelta(days=300), 45
# A few of the newest wait for somebody to say whether they are promises.
UNANSWERED = 3
GIVEN = ("Soitan sinulle, kun ovi on varastossa.", "Tuon puuttuvat listat mökille mennessäni ohi.")


def keep_promises(now: datetime) -> int:
    """Catch promises in customers' words, confirm them and say what became of them; return how many."""
    if Promise.objects.exists():
        return 0
    leader = Colleague.objects.here(LEADERS).order_by("pk")[0]
    to_all = {told["key"]: told["names"] for told in company()["brand_promises"]}
    always = _brand(to_all["what_we_say"], Measure.KEPT, leader)
    _brand(to_all["one_of_us"], Measure.ANSWERED, leader, minutes=24 * 60)
    _brand(to_all["come_along"], Measure.SCORE, leader, places=("recycling_yard",))
    people = list(Colleague.objects.here(CLOSE).order_by("pk"))
    told = Found.objects.filter(
        code=code("mark", "promise"),
        interaction__gte=earliest_id(now - LOOKED_AT),
        interaction__contact__isnull=False,
    )
    newest = told.order_by("-interaction").values_list("interaction_id", flat=True)[:WORDS_AT_MOST]
    propose(ids=sorted(newest))
    # Counted, not by their ids: which ids are given out differs from database to database.
    for number, proposal in enumerate(Proposal.objects.order_by("-interaction_id")[UNANSWERED:], 1):
        said_at = proposal.interaction.occurred_at
        due_at = max(proposal.due_at or said_at, said_at) + timedelta(days=1 + number % 3)
        try:
            made = confirm(
                proposal_id=proposal.pk,
                colleague=people[number % len(people)],
                due_at=due_at,
                carry=True,
            )
            put_under(promise_id=made.pk, brand=always, colleague=leader)
            _end(made, number, said_at, now)
        except TimeError:
            continue
    reachable = Promise.objects.filter(contact__in_peace_since__isnull=True)
    newest_of_all = reachable.order_by("-first_due_at").select_related("contact")
    contacts = [promise.contact for promise in newest_of_all[1 : 1 + len(GIVEN)]]
    # The first within the hour of which its owner is reminded.
    for minutes, (words, contact) in zip((50, 43 * 60), zip(GIVEN, contacts, strict=False), strict=False):
        with suppress(TimeError):
            due_at = now + timedelta(minutes=minutes)
            give(contact=contact, words=words, due_at=due_at, by_day=False, giver=leader)
    return Promise.objects.count()


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


def _end(promise: Promise, number: int, said_at: datetime, now: datetime) -> None:
    """Most are kept in time, some late, few not at all; what is still ahead stays to be kept."""
    if promise.due_at >= now:
        return
    if number % 9 == 0:
        give_up(promise_id=promise.pk, colleague=promise.owner)
        return
    at = promise.due_at + timedelta(hours=20) if number % 9 == 4 else said_at + (promise.due_at - said_at) / 2
    keep(promise_id=promise.pk, colleague=promise.owner, at=min(at, now))
