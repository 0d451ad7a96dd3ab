"""An honest no: with its reason and what we can do instead, looked at by another; only then a case rests."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.cases.actions import nos
from kalevi.cases.actions.carrying import NotTheirsError
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.actions.verdicts import reopen
from kalevi.cases.models import Case, State
from kalevi.cases.no_models import AskedNo, HonestNo
from kalevi.interactions.models import Interaction, SelfFeeling
from kalevi.people import erasing
from kalevi.people.models import Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
REASON, INSTEAD = "Takuu päättyi kaksi vuotta sitten.", "Korjaan oven tuntihinnalla ensi viikolla."


@pytest.fixture(autouse=True)
def now() -> Iterator[object]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE, language="en")


@pytest.fixture
def bo(tuula: Colleague) -> Colleague:
    return Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.MANAGER, language="en")


@pytest.fixture
def case(tuula: Colleague) -> Case:
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    said = say("Ovi hajosi, vaadin uuden.", body=PROBLEM, contact=contact, feelings=("kiukku",))
    return open_by_rules(ids=[said.pk])[0]


def ask(case: Case, tuula: Colleague, bo: Colleague) -> AskedNo:
    return nos.ask_no(case_id=case.pk, colleague=tuula, asked=bo, reason=REASON, instead=INSTEAD)


def test_the_customer_hears_nothing_before_another_has_looked(
    case: Case, tuula: Colleague, bo: Colleague
) -> None:
    made = ask(case, tuula, bo)
    with pytest.raises(NotTheirsError):
        nos.answer_no(asked_id=made.pk, colleague=tuula, agree=True)
    case.refresh_from_db()
    assert (case.state, Interaction.objects.filter(outbound=True).count()) == (State.OPEN, 0)


def test_then_it_is_told_and_the_case_rests_while_the_feeling_stands(
    case: Case, tuula: Colleague, bo: Colleague
) -> None:
    nos.answer_no(asked_id=ask(case, tuula, bo).pk, colleague=bo, agree=True)
    case.refresh_from_db()
    told = Interaction.objects.get(outbound=True)
    assert told.verbatim == f"{REASON}\n\n{INSTEAD}"
    assert (told.told_by_colleague_id, told.case_word.case) == (tuula.pk, case)
    assert case.no is not None
    assert (case.state, case.no.seen_by, case.no.alone, case.answered_at) == (State.RESTING, bo, False, NOW)
    assert SelfFeeling.objects.get().words == "kiukku"


def test_one_who_thinks_otherwise_says_what(case: Case, tuula: Colleague, bo: Colleague) -> None:
    made = ask(case, tuula, bo)
    nos.answer_no(asked_id=made.pk, colleague=bo, agree=False, otherwise="Annetaan puolet hinnasta.")
    case.refresh_from_db()
    made.refresh_from_db()
    assert (case.state, made.agreed, made.otherwise) == (State.OPEN, False, "Annetaan puolet hinnasta.")
    assert HonestNo.objects.count() == 0


def test_alone_it_is_ones_own_word_and_the_record_says_so(case: Case, tuula: Colleague) -> None:
    nos.say_no_alone(case_id=case.pk, colleague=tuula, reason=REASON, instead=INSTEAD)
    case.refresh_from_db()
    assert case.no is not None
    assert (case.state, case.no.alone, case.no.seen_by) == (State.RESTING, True, None)
    assert Entry.objects.filter(action="cases.say_no_alone").count() == 1


def test_nobody_is_alone_beside_a_colleague(case: Case, tuula: Colleague, bo: Colleague) -> None:
    with pytest.raises(nos.NotAloneError):
        nos.say_no_alone(case_id=case.pk, colleague=tuula, reason=REASON, instead=INSTEAD)


@pytest.mark.parametrize(
    "change", [{"state": "resting"}, {"no": None}], ids=["rests without a no", "loses its no"]
)
def test_the_database_lets_no_case_rest_without_a_no(
    case: Case, tuula: Colleague, change: dict[str, object]
) -> None:
    if "no" in change:
        nos.say_no_alone(case_id=case.pk, colleague=tuula, reason=REASON, instead=INSTEAD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.update(**change)


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"instead": ""}, {"alone": False}, {"seen_by": True}], ids=str
)
def test_the_database_refuses_half_a_no(case: Case, tuula: Colleague, wrong: dict[str, object]) -> None:
    values = {"reason": REASON, "instead": INSTEAD, "alone": True} | wrong
    if values.pop("seen_by", None):
        values |= {"alone": False, "seen_by": tuula}
    with pytest.raises(IntegrityError), transaction.atomic():
        HonestNo.objects.create(case=case, colleague=tuula, at=NOW, **values)


def test_their_next_word_opens_it_again_and_the_no_stays_told(case: Case, tuula: Colleague) -> None:
    nos.say_no_alone(case_id=case.pk, colleague=tuula, reason=REASON, instead=INSTEAD)
    reopen(case_id=case.pk, colleague=tuula)
    case.refresh_from_db()
    assert (case.state, case.no, case.nos.count()) == (State.OPEN, None, 1)


def test_erasing_the_person_takes_the_words_of_the_no(case: Case, tuula: Colleague, bo: Colleague) -> None:
    nos.answer_no(asked_id=ask(case, tuula, bo).pk, colleague=bo, agree=True)
    assert case.contact is not None
    erasing.erase(kind="contact", number=case.contact.pk, reason=Reason.REQUEST, actor_id=None)
    no, asked = HonestNo.objects.get(), AskedNo.objects.get()
    assert (no.reason, no.instead, asked.reason, asked.instead) == (None, None, "", "")


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, tuula: Colleague) -> None:
        client.force_login(tuula)

    def test_from_asking_to_resting(self, client: Client, case: Case, bo: Colleague) -> None:
        given = {"reason": REASON, "instead": INSTEAD, "asked": bo.pk}
        assert client.post(f"/cases/{case.pk}/no/", given).status_code == 302
        client.force_login(bo)
        assert REASON in client.get(f"/cases/{case.pk}/").content.decode()
        turn = client.get("/cases/").content.decode()
        assert "Tuula asks you to look at a no" in turn
        client.post(f"/cases/no/{AskedNo.objects.get().pk}/", {"agree": "yes"})
        page = client.get(f"/cases/{case.pk}/").content.decode()
        assert "resting after an honest no" in page
        assert "and Bo looked at it first" in page

    def test_a_slip_keeps_what_was_written(self, client: Client, case: Case, bo: Colleague) -> None:
        got = client.post(f"/cases/{case.pk}/no/", {"reason": REASON, "instead": "", "asked": bo.pk})
        assert (got.status_code, REASON in got.content.decode()) == (422, True)

    def test_alone_one_stands_behind_it_oneself(self, client: Client, case: Case) -> None:
        got = client.post(f"/cases/{case.pk}/no/", {"reason": REASON, "instead": INSTEAD})
        assert got.status_code == 422
        client.post(f"/cases/{case.pk}/no/", {"reason": REASON, "instead": INSTEAD, "alone": "on"})
        case.refresh_from_db()
        assert case.state == State.RESTING


def test_its_writer_may_change_it_while_nobody_has_looked(
    client: Client, case: Case, tuula: Colleague, bo: Colleague
) -> None:
    ask(case, tuula, bo)
    client.force_login(tuula)
    page = client.get(f"/cases/{case.pk}/")
    assert page.context["saying_no"]["reason"].value() == REASON
    told = {"reason": REASON, "instead": "Vaihdan saranan huomenna.", "asked": str(bo.pk)}
    assert client.post(f"/cases/{case.pk}/no/", told).status_code == 302
    asked = AskedNo.objects.order_by("pk").values_list("instead", "agreed")
    assert list(asked) == [(INSTEAD, False), ("Vaihdan saranan huomenna.", None)]
