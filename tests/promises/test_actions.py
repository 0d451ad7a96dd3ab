"""What was promised stays as it was promised, whatever becomes of it; and the database holds it so."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from kalevi.audit.models import Entry
from kalevi.cases.alert_models import AlertChoice
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.interactions.models import Interaction
from kalevi.people import erasing
from kalevi.people.actions.exporting import export_person
from kalevi.people.actions.merging import merge_contacts, undo_merge
from kalevi.people.models import Colleague, Reason
from kalevi.promises.actions import giving, keeping, writing
from kalevi.promises.actions.believing import take_their_word
from kalevi.promises.actions.proposing import propose
from kalevi.promises.actions.reminding import remind
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Event, Happened, Promise, Source, State, Theirs
from kalevi.promises.tasks import look_soon
from kalevi.shell.roles import Role
from tests.promises.made import SOON, a_colleague, a_contact, a_promise
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROMISED = {"m": [["promise", 0.85, "2026-11-27", [[0, 9]]]]}
HEARD = "Lupasivat soittaa perjantaina."


@pytest.fixture(autouse=True)
def now() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula() -> Colleague:
    return a_colleague()


def heard(**more: Any) -> Interaction:
    more.setdefault("contact", a_contact())
    return say(HEARD, ("mark", "promise"), body=PROMISED, **more)


class TestKeeping:
    def test_in_time_and_late_go_by_the_first_date(self, tuula: Colleague, now: Any) -> None:
        kept, late = a_promise(tuula), a_promise(tuula)
        keeping.tell_new_time(
            promise_id=late.pk, colleague=tuula, due_at=SOON + timedelta(days=3), by_day=False
        )
        now.move_to(SOON)
        assert keeping.keep(promise_id=kept.pk, colleague=tuula).state == State.KEPT
        now.move_to(SOON + timedelta(seconds=1))
        assert keeping.keep(promise_id=late.pk, colleague=tuula).state == State.LATE
        dates = Event.objects.filter(promise=late, due_at__isnull=False).order_by("pk")
        assert [(event.kind, event.due_at) for event in dates] == [
            (Happened.GIVEN, SOON),
            (Happened.NEW_TIME, SOON + timedelta(days=3)),
        ]
        assert Entry.objects.filter(subject=f"promise:{late.pk}").count() == 3

    def test_kept_before_it_was_tapped(self, tuula: Colleague, now: Any) -> None:
        promise = a_promise(tuula)
        now.move_to(SOON + timedelta(days=1))
        assert keeping.keep(promise_id=promise.pk, colleague=tuula, at=SOON).state == State.KEPT

    @pytest.mark.parametrize("at", [SOON + timedelta(days=9), NOW - timedelta(days=1)])
    def test_not_kept_ahead_nor_before_it_was_promised(self, tuula: Colleague, at: Any) -> None:
        promise = a_promise(tuula)
        with pytest.raises(giving.TimeError):
            keeping.keep(promise_id=promise.pk, colleague=tuula, at=at)

    def test_what_ended_ends_once_and_can_be_opened_again(self, tuula: Colleague) -> None:
        promise = a_promise(tuula)
        keeping.give_up(promise_id=promise.pk, colleague=tuula)
        with pytest.raises(keeping.EndedError):
            keeping.keep(promise_id=promise.pk, colleague=tuula)
        assert keeping.reopen(promise_id=promise.pk, colleague=tuula).state == State.OPEN
        with pytest.raises(keeping.EndedError):
            keeping.reopen(promise_id=promise.pk, colleague=tuula)

    def test_the_customers_word_stands_beside_ours(self, tuula: Colleague) -> None:
        promise = a_promise(tuula)
        keeping.keep(promise_id=promise.pk, colleague=tuula)
        theirs: dict[str, Any] = {"promise_id": promise.pk, "contact_id": promise.contact_id}
        keeping.keep_customers_verdict(**theirs, verdict=Theirs.BROKEN)
        promise.refresh_from_db()
        assert (promise.state, promise.theirs) == (State.KEPT, Theirs.BROKEN)
        with pytest.raises(Promise.DoesNotExist):
            keeping.keep_customers_verdict(
                promise_id=promise.pk, contact_id=promise.contact_id + 1, verdict=Theirs.KEPT
            )

    def test_the_customer_may_release_us(self, tuula: Colleague) -> None:
        promise = a_promise(tuula)
        keeping.release_by_customer(promise_id=promise.pk, contact_id=promise.contact_id)
        promise.refresh_from_db()
        assert (promise.state, promise.ended_by_id) == (State.RELEASED, None)

    def test_another_takes_it(self, tuula: Colleague) -> None:
        promise, bo = a_promise(tuula), a_colleague("Bo")
        assert keeping.take(promise_id=promise.pk, colleague=bo).owner == bo
        assert Promise.objects.get().giver == tuula

    @pytest.mark.parametrize("due_at", [NOW - timedelta(seconds=1), NOW + timedelta(days=800)])
    def test_a_promise_has_a_time_that_makes_sense(self, tuula: Colleague, due_at: Any) -> None:
        with pytest.raises(giving.TimeError):
            a_promise(tuula, due_at=due_at)


class TestNotKept:
    @staticmethod
    def told(contact: Any, days: int = 3) -> Interaction:
        body = {"m": [["promise", 0.85, None, [[0, 9]]]]}
        words = "Lupasitte soittaa. Kukaan ei soittanut."
        return say(words, ("mark", "promise"), body=body, contact=contact, ago=timedelta(days=-days))

    def test_of_several_the_one_that_the_words_speak_of(self, tuula: Colleague, now: Any) -> None:
        contact = a_contact()
        call = a_promise(tuula, contact, words="Soitan sinulle.", due_at=NOW + timedelta(days=1))
        a_promise(tuula, contact, words="Tuon listat.", due_at=NOW + timedelta(days=2))
        a_promise(tuula, contact, words="Soitan vielä.", due_at=NOW + timedelta(days=9))
        said = self.told(contact)
        assert [propose(ids=[said.pk]), propose(ids=[said.pk])] == [1, 0]
        proposal = Proposal.objects.get()
        assert (proposal.breaks, proposal.due_at) == (call, None)
        now.move_to(said.occurred_at)
        take_their_word(proposal_id=proposal.pk, colleague=tuula)
        call.refresh_from_db()
        assert (call.state, call.theirs) == (State.OPEN, Theirs.BROKEN)
        with pytest.raises(giving.AnsweredError):
            take_their_word(proposal_id=proposal.pk, colleague=tuula)
        assert propose(ids=[self.told(contact).pk]) == 1  # of the other one

    def test_words_that_fit_no_promise_propose_nothing(self, tuula: Colleague) -> None:
        contact = a_promise(tuula).contact
        assert propose(ids=[self.told(contact, days=1).pk]) == 0


class TestProposing:
    def test_what_a_customer_heard_waits_for_a_colleague(self, tuula: Colleague) -> None:
        said = heard()
        assert propose(ids=[said.pk]) == 1
        assert propose(ids=[said.pk]) == 0
        proposal = Proposal.objects.get()
        promise = giving.confirm(proposal_id=proposal.pk, colleague=tuula)
        assert (promise.words, promise.source, promise.giver, promise.owner) == (
            HEARD,
            Source.HEARD,
            None,
            tuula,
        )
        assert (promise.first_due_at.isoformat(), promise.by_day) == ("2026-11-27T21:59:59+00:00", True)
        with pytest.raises(giving.AnsweredError):
            giving.refuse(proposal_id=proposal.pk, colleague=tuula)

    def test_our_answer_is_kept_by_its_writer(self, tuula: Colleague) -> None:
        contact = a_contact()
        said = say("Milloin?", contact=contact)
        answer = say(
            "Hei! Soitan sinulle huomenna.",
            contact=contact,
            outbound=True,
            told_by_colleague_id=tuula.pk,
            answers=said,
        )
        propose(ids=[answer.pk])
        promise = giving.confirm(proposal_id=Proposal.objects.get().pk, colleague=a_colleague("Bo"))
        assert (promise.words, promise.giver, promise.owner) == ("Soitan sinulle huomenna.", tuula, tuula)
        assert (promise.source, promise.promised_at) == (Source.WRITTEN, answer.occurred_at)

    def test_a_note_of_ones_own_promise_has_a_giver(self, tuula: Colleague) -> None:
        said = say(
            "Lupasin soittaa perjantaina.",
            ("mark", "promise"),
            body=PROMISED,
            contact=a_contact(),
            told_by_colleague_id=tuula.pk,
        )
        propose(ids=[said.pk])
        promise = giving.confirm(proposal_id=Proposal.objects.get().pk, colleague=tuula)
        assert (promise.source, promise.giver) == (Source.NOTED, tuula)

    def test_without_a_time_one_is_asked(self, tuula: Colleague) -> None:
        said = say(
            "Lupasivat soittaa.",
            ("mark", "promise"),
            body={"m": [["promise", 0.85, None, [[0, 9]]]]},
            contact=a_contact(),
        )
        propose(ids=[said.pk])
        number = Proposal.objects.get().pk
        with pytest.raises(giving.TimeError):
            giving.confirm(proposal_id=number, colleague=tuula)
        assert giving.confirm(proposal_id=number, colleague=tuula, due_at=SOON).first_due_at == SOON

    def test_no_promise_or_a_known_one(self, tuula: Colleague) -> None:
        first, second = heard(), heard()
        propose(ids=[first.pk, second.pk])
        one, two = Proposal.objects.order_by("pk")
        known = a_promise(tuula, second.contact)
        giving.refuse(proposal_id=one.pk, colleague=tuula)
        with pytest.raises(giving.AnsweredError):
            giving.join(proposal_id=one.pk, promise_id=known.pk, colleague=tuula)
        assert giving.join(proposal_id=two.pk, promise_id=known.pk, colleague=tuula).promise == known

    def test_nobodys_words_and_machines_mail_propose_nothing(self) -> None:
        nobody = say(HEARD, ("mark", "promise"), body=PROMISED)
        machine = say("Soitamme huomenna.", contact=a_contact(), outbound=True)
        assert propose(ids=[nobody.pk, machine.pk]) == 0

    @pytest.mark.parametrize(("source", "jobs"), [("test", 1), ("file", 0)])
    def test_only_fresh_words_are_looked_at(
        self, source: str, jobs: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said = heard()
        found: list[list[str]] = []
        monkeypatch.setattr("kalevi.interactions.fresh.HISTORY", frozenset({"test"} - {source}))
        monkeypatch.setattr("kalevi.promises.tasks.look", type("Task", (), {"enqueue": found.append}))
        look_soon([said.pk])
        assert found == [[str(said.pk)]] * jobs


class TestReminding:
    @pytest.fixture(autouse=True)
    def outgoing(self) -> None:
        Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)

    def test_before_and_after_once_each(self, tuula: Colleague, now: Any) -> None:
        promise = a_promise(tuula)
        assert remind(now=NOW) == 0
        near = SOON - timedelta(hours=12)
        now.move_to(near)
        assert [remind(now=near), remind(now=near)] == [1, 0]
        now.move_to(SOON)
        assert [remind(now=SOON), remind(now=SOON)] == [1, 0]
        subjects = list(Sending.objects.order_by("pk").values_list("subject", flat=True))
        assert subjects == [
            "A promise of yours is soon due. Keep it, or tell the customer a new time now.",
            "The time of a promise of yours has passed. The customer should hear from you.",
        ]
        assert "Mari" not in "".join(Sending.objects.values_list("text", flat=True))
        assert list(Event.objects.filter(promise=promise).order_by("pk").values_list("kind", flat=True)) == [
            Happened.GIVEN,
            Happened.WARNED,
            Happened.SLIPPED,
        ]

    def test_a_new_time_reminds_anew(self, tuula: Colleague, now: Any) -> None:
        promise = a_promise(tuula)
        now.move_to(SOON)
        remind(now=SOON)
        later = SOON + timedelta(hours=4)
        keeping.tell_new_time(promise_id=promise.pk, colleague=tuula, due_at=later, by_day=False)
        now.move_to(later - timedelta(minutes=30))
        assert remind(now=later - timedelta(minutes=30)) == 1

    def test_who_wants_no_mail_gets_none(self, tuula: Colleague, now: Any) -> None:
        AlertChoice.objects.create(colleague=tuula, by_mail=False)
        a_promise(tuula)
        now.move_to(SOON)
        assert (remind(now=SOON), Sending.objects.count()) == (1, 0)


class TestWriting:
    def test_a_letter_goes_and_is_no_new_promise(self, tuula: Colleague) -> None:
        Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)
        contact = a_contact(email="mari@example.fi", language="fi")
        said = say("Milloin ovi tulee?", contact=contact)
        promise = a_promise(tuula, contact)
        later = SOON + timedelta(days=1)
        words = writing.letter(promise, tuula, later, False, "fi")
        assert words == (
            "Hei Mari,\n\nLupasimme sinulle viimeistään 24.11.2026 klo 11.00: ”Soitan sinulle.”\n\n"
            "Olen pahoillani: emme ehdi siihen mennessä. Saat sen viimeistään 25.11.2026 klo 11.00.\n\nTuula"
        )
        writing.write_new_time(
            promise_id=promise.pk,
            colleague=tuula,
            token="t",
            words=words,
            due_at=later,
            by_day=False,
            by_mail=True,
        )
        sent = Interaction.objects.get(outbound=True)
        assert (sent.verbatim, sent.answers) == (words, said)
        assert Sending.objects.get().to == "mari@example.fi"
        assert Event.objects.get(kind=Happened.NEW_TIME).letter == sent
        assert propose(ids=[sent.pk]) == 0
        promise.refresh_from_db()
        assert (promise.first_due_at, promise.due_at) == (SOON, later)

    def test_told_otherwise_is_kept_too(self, tuula: Colleague) -> None:
        promise = a_promise(tuula)
        writing.write_new_time(
            promise_id=promise.pk,
            colleague=tuula,
            token="t",
            words="",
            due_at=SOON + timedelta(days=1),
            by_day=True,
            by_mail=False,
        )
        assert Event.objects.filter(kind=Happened.NEW_TIME, letter=None).count() == 1


class TestPersonalData:
    def test_erasing_takes_the_words_and_what_was_open_falls_away(self, tuula: Colleague) -> None:
        contact = a_contact()
        open_one, kept = a_promise(tuula, contact), a_promise(tuula, contact)
        keeping.keep(promise_id=kept.pk, colleague=tuula)
        propose(ids=[heard(contact=contact).pk])
        erasing.erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
        open_one.refresh_from_db()
        kept.refresh_from_db()
        assert (open_one.words, open_one.state) == (None, State.FELL_AWAY)
        assert (kept.words, kept.state) == (None, State.KEPT)
        assert Proposal.objects.count() == 0

    def test_words_erased_alone_leave_the_promise_to_be_kept(self, tuula: Colleague) -> None:
        said = heard()
        propose(ids=[said.pk])
        promise = giving.confirm(proposal_id=Proposal.objects.get().pk, colleague=tuula)
        erasing.erase(kind="interaction", number=said.pk, reason=Reason.REQUEST, actor_id=None)
        promise.refresh_from_db()
        assert (promise.words, promise.state) == (None, State.OPEN)

    def test_export_and_merging(self, tuula: Colleague) -> None:
        kept, gone = a_contact(), a_contact("M. Meri")
        promise = a_promise(tuula, gone)
        (exported,) = export_person(actor=tuula, contact_id=gone.pk)["promises"]
        assert (exported["words"], exported["state"]) == ("Soitan sinulle.", "open")
        merge = merge_contacts(actor=tuula, kept_id=kept.pk, gone_id=gone.pk)
        assert Promise.objects.get().contact == kept
        undo_merge(actor=tuula, merge_id=merge.pk)
        promise.refresh_from_db()
        assert promise.contact == gone
        gone.merged_into = kept
        gone.save()
        with pytest.raises(giving.GoneError):
            a_promise(tuula, gone)


FROZEN: dict[str, Any] = {
    "words": "Muuta.",
    "first_due_at": SOON + timedelta(days=9),
    "first_by_day": True,
    "promised_at": NOW - timedelta(days=9),
    "source": "noted",
    "giver_id": None,
}
HALF: dict[str, dict[str, Any]] = {
    "ended without a time": {"state": "released"},
    "open with an end": {"ended_at": NOW},
    "kept though late": {"state": "kept", "ended_at": SOON + timedelta(1), "ended_by_id": 1},
    "late though in time": {"state": "late", "ended_at": SOON, "ended_by_id": 1},
    "nobody's verdict": {"state": "broken", "ended_at": SOON},
    "fell away with its words": {"state": "fell_away", "ended_at": SOON},
    "their word without a time": {"theirs": "kept"},
    "no such state": {"state": "perhaps", "ended_at": SOON},
    "no owner": {"owner_id": None},
    "no date": {"due_at": None},
}


@pytest.mark.parametrize("column", FROZEN)
def test_what_was_promised_never_changes(tuula: Colleague, column: str) -> None:
    promise = a_promise(tuula)
    with pytest.raises(DatabaseError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**{column: FROZEN[column]})


@pytest.mark.parametrize("what", HALF)
def test_half_facts_are_refused(tuula: Colleague, what: str) -> None:
    promise = a_promise(tuula)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**HALF[what])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM promises_promise",
        "DELETE FROM promises_event",
        "UPDATE promises_event SET at = '2020-01-01 00:00:00'",
        "UPDATE promises_event SET due_at = '2030-01-01 00:00:00'",
        "UPDATE promises_promise SET words = NULL",
    ],
)
def test_history_stays(tuula: Colleague, statement: str) -> None:
    a_promise(tuula)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "make",
    [
        lambda p: Event(promise=p, kind="given", at=NOW, due_at=SOON, by_day=True),
        lambda p: Event(promise=p, kind="new_time", at=NOW),
        lambda p: Event(promise=p, kind="ours", at=NOW),
        lambda p: Event(promise=p, kind="taken", at=NOW, due_at=SOON, by_day=False),
    ],
)
def test_half_events_are_refused(tuula: Colleague, make: Callable[[Promise], Event]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(a_promise(tuula)).save()


def test_an_answered_proposal_is_whole(tuula: Colleague) -> None:
    propose(ids=[heard().pk])
    for half in ({"answer": "promise"}, {"answer": "not", "answered_at": NOW}, {"words_to": 0}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Proposal.objects.update(**half)


def test_a_board_member_is_no_keeper_of_promises() -> None:
    # Roles are the pages' business; an owner is any one colleague, and exactly one.
    assert a_promise(a_colleague("Eeva", Role.MANAGER)).owner.name == "Eeva"
