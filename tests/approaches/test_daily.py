"""The day's work: a few people, each once, whom we may walk up to; what has ended goes, what fails slows."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine

from kalevi.approaches.actions.daily import do_the_days_work, propose
from kalevi.approaches.actions.rules import go_on
from kalevi.approaches.actions.taking import set_aside
from kalevi.approaches.choosing import in_turn
from kalevi.approaches.models import Approach, Met, News, State
from kalevi.approaches.pruning import Rate, pace_by
from kalevi.approaches.queries.rates import rates
from kalevi.approaches.rule_models import Because, Limits, Pace, Rule, Why
from kalevi.approaches.rules import usual_rules
from kalevi.audit.models import Entry
from kalevi.cases.actions.opening import open_by_hand
from kalevi.people.models import Account, Colleague, Consent, Contact
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
_numbers = count(1)


def silent(**fields: object) -> Contact:
    """Return somebody who told of a problem ten days ago and has heard nothing since."""
    values = {"email": f"s{next(_numbers)}@example.fi", "created_at": NOW - 400 * DAY} | fields
    contact = Contact.objects.create(name="Mari Aho", **values)
    say("Ovi ei tullut.", ("hot", "problem"), ago=10 * DAY, contact=contact)
    return contact


def friend(**fields: object) -> Contact:
    """Return somebody of an organisation with good news."""
    account = Account.objects.get_or_create(name="Rakennus Aho")[0]
    if not News.objects.exists():
        News.objects.create(account=account, words="Iso urakka", told_at=NOW, told_by_id=1)
    values = {"email": f"f{next(_numbers)}@example.fi", "created_at": NOW - 400 * DAY} | fields
    return Contact.objects.create(name="Ville", account=account, **values)


def proposed() -> list[int]:
    return [one.contact_id for one in propose(now=NOW)]


def test_a_few_are_proposed_and_no_more_the_same_day() -> None:
    silent_ones = [silent().pk for _n in range(7)]
    done = do_the_days_work(now=NOW)
    assert done == {"ended": 0, "slowed": 0, "proposed": 5}
    first = list(Approach.objects.order_by("pk").values_list("contact", flat=True))
    # The newest problem first; among those told in the same second, the last one.
    assert first == silent_ones[::-1][:5]
    assert do_the_days_work(now=NOW)["proposed"] == 0
    assert Entry.objects.filter(action="approaches.propose").count() == 5


def test_reasons_take_turns_and_nobody_comes_twice() -> None:
    found = {"a": [(1, "a1"), (2, "a2")], "b": [(1, "b1"), (3, "b3")]}
    assert in_turn(found, 3) == [("a", "a1"), ("b", "b3"), ("a", "a2")]
    assert in_turn(found, 1) == [("a", "a1")]


@pytest.mark.parametrize(
    "fields",
    [
        {"in_peace_since": NOW - DAY},
        {"email": "", "phone": ""},
    ],
)
def test_who_wishes_for_peace_or_cannot_be_reached_is_left_alone(fields: dict[str, object]) -> None:
    silent(**fields)
    assert proposed() == []


def test_a_proposal_goes_when_they_ask_for_peace() -> None:
    contact = silent()
    propose(now=NOW)
    Contact.objects.filter(pk=contact.pk).update(in_peace_since=NOW)
    do_the_days_work(now=NOW)
    assert Approach.objects.get().state == State.DROPPED


def test_whose_case_is_open_hears_of_nothing_else(tuula: Colleague) -> None:
    contact = friend()
    open_by_hand(interaction=say("Missä laskuni on?", contact=contact), colleague=tuula)
    assert proposed() == []
    # Silence after a problem is about the case itself.
    other = silent()
    open_by_hand(interaction=other.interactions.get(), colleague=tuula)
    assert proposed() == [other.pk]


def agree(contact: Contact, purpose: str, *, ends: int = 100, withdrawn: bool = False) -> None:
    Consent.objects.create(
        contact=contact,
        purpose=purpose,
        basis="consent",
        given_at=NOW - 50 * DAY,
        ends_on=(NOW + ends * DAY).date(),
        withdrawn_at=NOW - DAY if withdrawn else None,
    )


def test_what_is_not_their_own_matter_needs_a_basis_that_holds() -> None:
    plain, ended, withdrawn, again = (friend() for _n in range(4))
    agree(ended, Consent.Purpose.SERVICE, ends=-1)
    agree(withdrawn, Consent.Purpose.MARKETING, withdrawn=True)
    agree(again, Consent.Purpose.MARKETING, withdrawn=True)
    agree(again, Consent.Purpose.MARKETING)
    assert proposed() == [plain.pk, again.pk]


def test_the_same_person_rests_but_is_told_what_we_owe(tuula: Colleague) -> None:
    contact = friend()
    one = propose(now=NOW - 9 * DAY)[0]
    Approach.objects.filter(pk=one.pk).update(
        state=State.MET, taken_by=tuula, taken_at=NOW, way="phone", approached_at=NOW - 9 * DAY,
        met=Met.THANKED, met_at=NOW, ended_at=NOW,
    )  # fmt: skip
    assert contact.account is not None
    News.objects.create(account=contact.account, words="Toinen uutinen", told_at=NOW, told_by_id=1)
    assert proposed() == []
    say("Ovi ei tullut.", ("hot", "problem"), ago=8 * DAY, contact=contact)
    assert [(made.contact_id, made.why) for made in propose(now=NOW)] == [(contact.pk, Why.SILENCE)]


def test_not_now_comes_again_and_not_fit_does_not(tuula: Colleague) -> None:
    later, never = silent(), silent()
    made = {one.contact_id: one.pk for one in propose(now=NOW)}
    set_aside(approach_id=made[later.pk], colleague=tuula, state=State.NOT_NOW)
    set_aside(approach_id=made[never.pk], colleague=tuula, state=State.NOT_FIT)
    assert [one.contact_id for one in propose(now=NOW + 2 * DAY)] == []
    assert [one.contact_id for one in propose(now=NOW + 8 * DAY)] == [later.pk]


def test_what_nobody_takes_goes_by_itself() -> None:
    silent()
    propose(now=NOW)
    do_the_days_work(now=NOW + 2 * DAY)
    assert Approach.objects.get().state == State.PROPOSED
    do_the_days_work(now=NOW + 3 * DAY)
    assert [one.state for one in Approach.objects.order_by("pk")] == [State.LAPSED]


@pytest.mark.parametrize(("word", "state"), [(False, State.MET), (True, State.APPROACHED)])
def test_no_word_for_long_means_ignored_and_a_word_waits_to_be_told(
    tuula: Colleague, now: time_machine.Traveller, *, word: bool, state: str
) -> None:
    contact = silent()
    one = propose(now=NOW)[0]
    Approach.objects.filter(pk=one.pk).update(
        state=State.APPROACHED, taken_by=tuula, taken_at=NOW, way="phone", approached_at=NOW
    )
    if word:
        say("Kiitos kysymästä!", ago=-DAY, contact=contact)
    do_the_days_work(now=NOW + 14 * DAY)
    one.refresh_from_db()
    assert (one.state, one.met, one.ended_by_id) == (state, "" if word else Met.IGNORED, None)


@pytest.mark.parametrize(
    ("rate", "pace"),
    [
        (Rate(ignored=7), (Pace.USUAL, None)),
        (Rate(thanked=4, ignored=5), (Pace.USUAL, None)),
        (Rate(thanked=1, ignored=7), (Pace.SELDOM, Because.UNMET)),
        (Rate(ignored=14), (Pace.PAUSED, Because.UNMET)),
        (Rate(thanked=9, unwelcome=3), (Pace.SELDOM, Because.UNWELCOME)),
        (Rate(thanked=6, unwelcome=6), (Pace.PAUSED, Because.UNWELCOME)),
    ],
)
def test_a_rule_slows_down_as_its_numbers_say(rate: Rate, pace: tuple[Pace, Because | None]) -> None:
    assert pace_by(rate, Limits()) == pace


def met(tuula: Colleague, how: Met) -> None:
    contact = Contact.objects.create(name="X", created_at=NOW)
    Approach.objects.create(
        contact=contact, why=Why.SILENCE, key=f"k{contact.pk}", facts={}, proposed_at=NOW,
        proposed_on=NOW.date() - DAY, state=State.MET, taken_by=tuula, taken_at=NOW, way="phone",
        approached_at=NOW, met=how, met_at=NOW, ended_at=NOW,
    )  # fmt: skip


def test_a_rule_that_is_not_welcome_pauses_itself_until_somebody_lets_it_go_on(
    tuula: Colleague, now: time_machine.Traveller
) -> None:
    for _n in range(8):
        met(tuula, Met.UNWELCOME)
    silent()
    assert do_the_days_work(now=NOW) == {"ended": 0, "slowed": 1, "proposed": 0}
    rule = Rule.objects.get(why=Why.SILENCE)
    assert (rule.pace, rule.because) == (Pace.PAUSED, Because.UNWELCOME)
    assert do_the_days_work(now=NOW)["slowed"] == 0
    now.shift(timedelta(minutes=1))
    go_on(why=Why.SILENCE, actor_id=tuula.pk)
    assert rates()[Why.SILENCE].n == 0
    assert do_the_days_work(now=NOW + timedelta(minutes=1)) == {"ended": 0, "slowed": 0, "proposed": 1}


def test_a_slowed_rule_proposes_one_day_in_three() -> None:
    for rule in usual_rules():
        rule.pace, rule.because, rule.pace_since = Pace.SELDOM, Because.UNMET, NOW
        rule.save()
    silent()
    days = [bool(propose(now=NOW + n * DAY)) for n in range(3)]
    assert sum(days) == 1


def test_a_rule_not_in_use_proposes_nobody() -> None:
    Rule.objects.create(why=Why.SILENCE, active=False, days=60, after=7)
    silent()
    assert proposed() == []
