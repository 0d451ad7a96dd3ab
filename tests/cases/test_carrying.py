"""A case has exactly one person who carries it and a next step with a time, whatever is tried."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from kalevi.audit.models import Entry
from kalevi.cases.actions import carrying, merging, steps, verdicts
from kalevi.cases.actions.opening import HasCaseError, open_by_hand, open_by_rules
from kalevi.cases.clock import pressing, waited
from kalevi.cases.models import Carrying, Case, Handover, State, Step, ToldAgain, Verdict
from kalevi.cases.rule_models import Duty, OpeningRule, Target, Urgency, Why
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Colleague, Contact
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
UNSURE = {"h": [["problem", [0, 5], 0.3, []]]}


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def colleague() -> Callable[..., Colleague]:
    def make(name: str, role: Role = Role.FRONTLINE, **fields: Any) -> Colleague:
        return Colleague.objects.create_user(f"{name}@example.fi", name=name, role=role, **fields)

    return make


@pytest.fixture
def contact() -> Contact:
    return Contact.objects.create(name="Mari", created_at=NOW)


def needs_us(contact: Contact | None = None, **more: object) -> Interaction:
    return say("Ovi ei tullut.", ("hot", "problem"), body=PROBLEM, contact=contact, **more)  # type: ignore[arg-type]


class TestOpening:
    def test_a_problem_opens_a_case_with_one_carrier_and_a_next_step(
        self, colleague: Callable[..., Colleague]
    ) -> None:
        tuula = colleague("Tuula")
        (case,) = open_by_rules(ids=[needs_us().pk])
        assert (case.why, case.urgency, case.state) == (Why.PROBLEM, Urgency.SOON, State.OPEN)
        assert (case.owner, case.step, case.step_at) == (tuula, Step.ANSWER, NOW + timedelta(hours=4))
        assert [c.colleague for c in case.chain.all()] == [tuula]
        assert Entry.objects.filter(action="cases.open", subject=f"case:{case.pk}").count() == 1

    @pytest.mark.parametrize(
        ("words", "more"),
        [
            ("Ovi ehkä ei tullut.", {"body": UNSURE}),
            ("Kiitos!", {}),
            ("Ovi ei tullut.", {"body": PROBLEM, "ago": timedelta(days=15)}),
            ("Vastasimme.", {"body": PROBLEM, "outbound": True}),
        ],
    )
    def test_unsure_old_kind_and_our_own_words_open_none(
        self, colleague: Callable[..., Colleague], words: str, more: dict[str, object]
    ) -> None:
        colleague("Tuula")
        assert open_by_rules(ids=[say(words, **more).pk]) == []  # type: ignore[arg-type]

    def test_somebody_left_in_peace_is_answered_on_what_they_ask_and_on_nothing_else(
        self, colleague: Callable[..., Colleague], contact: Contact
    ) -> None:
        colleague("Tuula")
        Contact.objects.update(in_peace_since=NOW)
        contact.refresh_from_db()
        low = say("Huono.", contact=contact, score=0, score_kind="nps", score_low=0, score_high=10)
        assert open_by_rules(ids=[low.pk, say("Kiitos vain.", contact=contact).pk]) == []
        opened = open_by_rules(ids=[needs_us(contact).pk])
        assert [case.contact for case in opened] == [contact]
        open_by_rules(ids=[say("Hyvää syksyä.", contact=contact).pk])
        assert opened[0].words.count() == 1

    def test_further_words_join_the_open_case_and_telling_again_is_counted(
        self, colleague: Callable[..., Colleague], contact: Contact
    ) -> None:
        colleague("Tuula")
        (case,) = open_by_rules(ids=[needs_us(contact).pk])
        again = say(
            "Kolmannen kerran sama.", body=PROBLEM | {"t": [["told_again", 0.9, []]]}, contact=contact
        )
        assert open_by_rules(ids=[again.pk]) == []
        assert [word.interaction_id for word in case.words.order_by("pk")][1:] == [again.pk]
        assert ToldAgain.objects.filter(case=case, interaction=again).count() == 1

    def test_a_low_score_alone_opens_a_case(self, colleague: Callable[..., Colleague]) -> None:
        colleague("Tuula")
        low = say(None, score_kind="nps", score=2, score_low=0, score_high=10)
        high = say(None, score_kind="nps", score=9, score_low=0, score_high=10)
        assert [case.why for case in open_by_rules(ids=[low.pk, high.pk])] == [Why.LOW_SCORE]

    def test_a_legal_request_opens_one_however_it_was_read(self, colleague: Callable[..., Colleague]) -> None:
        colleague("Tuula")
        (case,) = open_by_rules(ids=[say("Haluan nähdä henkilötietoni.").pk])
        assert case.why == Why.LEGAL

    def test_rules_can_be_changed(self, colleague: Callable[..., Colleague]) -> None:
        colleague("Tuula")
        OpeningRule.objects.create(why=Why.PROBLEM, active=False)
        assert open_by_rules(ids=[needs_us().pk]) == []

    def test_the_touchpoint_has_its_own_time_and_its_own_people(
        self, colleague: Callable[..., Colleague]
    ) -> None:
        colleague("Aino")
        reijo = colleague("Reijo")
        stage = JourneyStage.objects.create(key="s", position=1, name_fi="s", name_sv="s", name_en="s")
        yard = Touchpoint.objects.create(key="t", stage=stage, name_fi="t", name_sv="t", name_en="t")
        Duty.objects.create(colleague=reijo, touchpoint=yard)
        Target.objects.create(touchpoint=yard, urgency=Urgency.SOON, minutes=90)
        (case,) = open_by_rules(ids=[needs_us(touchpoint=yard).pk])
        assert (case.owner, case.answer_due_at) == (reijo, NOW + timedelta(minutes=90))

    def test_the_one_with_fewest_in_hand_gets_the_next(self, colleague: Callable[..., Colleague]) -> None:
        names = [colleague(name).name for name in ("Aino", "Bo", "Cilla")]
        opened = open_by_rules(ids=[needs_us().pk for _ in range(6)])
        assert sorted(case.owner.name for case in opened) == sorted(names * 2)

    def test_alone_the_administrator_carries(self, colleague: Callable[..., Colleague]) -> None:
        elina = colleague("Elina", Role.ADMINISTRATOR)
        (case,) = open_by_rules(ids=[needs_us().pk])
        assert case.owner == elina

    def test_whoever_opens_by_hand_carries_and_words_have_one_case(
        self, colleague: Callable[..., Colleague]
    ) -> None:
        tuula, said = colleague("Tuula"), say("Hei.")
        case = open_by_hand(interaction=said, colleague=tuula)
        assert (case.owner, case.why) == (tuula, Why.BY_HAND)
        with pytest.raises(HasCaseError) as known:
            open_by_hand(interaction=said, colleague=tuula)
        assert known.value.case == case


@pytest.fixture
def case(colleague: Callable[..., Colleague], contact: Contact) -> Case:
    colleague("Tuula")
    return open_by_rules(ids=[needs_us(contact).pk])[0]


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            {"owner": None},
            {"step": ""},
            {"step_at": None},
            {"state": "resolved"},
            {"step": "other"},
            {"state": "lost"},
        ],
    )
    def test_half_a_case(self, case: Case, change: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)

    def test_two_who_carry_it(self, case: Case, colleague: Callable[..., Colleague]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Carrying.objects.create(case=case, colleague=colleague("Bo"), since=NOW)


class TestHandingOver:
    def test_it_stays_with_the_giver_until_the_other_takes_it(
        self, case: Case, colleague: Callable[..., Colleague]
    ) -> None:
        giver, taker = case.owner, colleague("Bo")
        made = carrying.offer(case_id=case.pk, giver=giver, taker=taker, words="Odottaa ovea")
        case.refresh_from_db()
        assert case.owner == giver
        carrying.answer_offer(handover_id=made.pk, taker=taker, accept=True)
        case.refresh_from_db()
        assert case.owner == taker
        chain = case.chain.order_by("pk").values_list("colleague__name", "until")
        assert list(chain) == [("Tuula", NOW), ("Bo", None)]

    def test_a_declined_offer_leaves_everything_as_it_was(
        self, case: Case, colleague: Callable[..., Colleague]
    ) -> None:
        bo = colleague("Bo")
        made = carrying.offer(case_id=case.pk, giver=case.owner, taker=bo)
        carrying.answer_offer(handover_id=made.pk, taker=bo, accept=False)
        assert Case.objects.get().owner == case.owner
        with pytest.raises(carrying.NoOfferError):
            carrying.answer_offer(handover_id=made.pk, taker=bo, accept=True)

    def test_nobody_gives_away_what_another_carries(
        self, case: Case, colleague: Callable[..., Colleague]
    ) -> None:
        bo = colleague("Bo")
        with pytest.raises(carrying.NotTheirsError):
            carrying.offer(case_id=case.pk, giver=bo, taker=case.owner)

    def test_whoever_has_the_customer_before_them_may_take_it(
        self, case: Case, colleague: Callable[..., Colleague]
    ) -> None:
        bo, aino = colleague("Bo"), colleague("Aino")
        carrying.offer(case_id=case.pk, giver=case.owner, taker=bo)
        assert carrying.take(case_id=case.pk, colleague=aino).owner == aino
        assert Handover.objects.get().taken is False


class TestTheClock:
    def test_an_answer_by_a_person_stops_it(self, case: Case) -> None:
        steps.answer(case_id=case.pk, colleague=case.owner, token="t", words="Soitin ja sovimme.")
        sent = Interaction.objects.get(outbound=True)
        # It was noted at once; the job that comes later finds nothing left to do.
        assert steps.note_answers(ids=[sent.pk]) == 0
        case.refresh_from_db()
        assert sent.case_word.case == case
        assert (case.answered_at, waited(case, NOW + timedelta(hours=9))) == (NOW, 0.0)

    def test_who_was_answered_is_asked_after_unless_something_else_was_agreed(
        self, case: Case, colleague: Callable[..., Colleague]
    ) -> None:
        answered = steps.answer(case_id=case.pk, colleague=case.owner, token="t", words="Ovi tulee huomenna.")
        answered.refresh_from_db()
        after = NOW + steps.ASK_AFTER
        assert (answered.step, answered.step_at, answered.state) == (Step.ASK_AFTER, after, State.WAITING)
        assert pressing(answered, NOW + timedelta(hours=5)) == ""
        steps.set_step(case_id=case.pk, colleague=case.owner, step=Step.CALL, at=NOW + timedelta(hours=1))
        steps.answer(case_id=case.pk, colleague=case.owner, token="u", words="Soitan vielä.")
        answered.refresh_from_db()
        assert (answered.step, answered.state) == (Step.CALL, State.OPEN)

    def test_an_answer_to_older_words_leaves_the_newest_to_be_answered(self, case: Case) -> None:
        sent = {"outbound": True, "contact": case.contact, "told_by_colleague_id": case.owner_id}
        steps.note_answers(ids=[say("Vastasimme.", ago=timedelta(hours=2), **sent).pk])  # type: ignore[arg-type]
        case.refresh_from_db()
        assert (case.step, case.state) == (Step.ANSWER, State.OPEN)

    def test_an_automatic_acknowledgement_does_not(self, case: Case) -> None:
        sent = say("Kiitos viestistäsi.", outbound=True, contact=case.contact)
        assert steps.note_answers(ids=[sent.pk]) == 0
        assert Case.objects.get().answered_at is None

    @pytest.mark.parametrize(("hours", "says"), [(1, ""), (3, "near"), (4, "late")])
    def test_it_warns_before_and_after(self, case: Case, hours: int, says: str) -> None:
        assert pressing(case, NOW + timedelta(hours=hours)) == says


class TestEndingAndComingBack:
    def test_a_step_lies_ahead(self, case: Case) -> None:
        with pytest.raises(steps.TimeError):
            steps.set_step(case_id=case.pk, colleague=case.owner, step=Step.CALL, at=NOW)

    def test_the_customers_no_opens_it_again_with_its_carrier(self, case: Case) -> None:
        steps.resolve(case_id=case.pk, colleague=case.owner)
        again = verdicts.keep_verdict(case_id=case.pk, verdict=Verdict.NOT_SOLVED)
        assert (again.state, again.owner, again.step, again.reopened) == (
            State.OPEN,
            case.owner,
            Step.ANSWER,
            1,
        )

    def test_the_customers_yes_stands_beside_ours(self, case: Case) -> None:
        steps.resolve(case_id=case.pk, colleague=case.owner)
        ended = verdicts.keep_verdict(case_id=case.pk, verdict=Verdict.SOLVED)
        assert (ended.state, ended.verdict) == (State.RESOLVED, Verdict.SOLVED)

    def test_waiting_for_the_customer_ends_when_they_write(self, case: Case, contact: Contact) -> None:
        at = NOW + timedelta(days=1)
        steps.set_step(case_id=case.pk, colleague=case.owner, step=Step.ASK_AFTER, at=at, waits=True)
        open_by_rules(ids=[say("Nyt lähetin kuvan.", contact=contact).pk])
        case.refresh_from_db()
        # An answer is due in the time that an answer takes, not at the moment that is past by now.
        soon = NOW + timedelta(hours=4)
        assert (case.state, case.step, case.step_at) == (State.OPEN, Step.ANSWER, soon)

    def test_joining_two_of_one_customer_keeps_the_longer_wait(
        self, case: Case, contact: Contact, colleague: Callable[..., Colleague]
    ) -> None:
        newer = open_by_hand(interaction=say("Ja lisäksi…", contact=contact), colleague=colleague("Bo"))
        Case.objects.filter(pk=case.pk).update(waits_since=NOW - timedelta(hours=2))
        kept = merging.merge(case_id=case.pk, into_id=newer.pk, colleague=newer.owner)
        assert (kept.words.count(), kept.waits_since) == (2, NOW - timedelta(hours=2))
        assert Case.objects.get(pk=case.pk).state == State.MERGED
