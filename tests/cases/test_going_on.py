"""What goes wrong beside a case leaves nobody waiting: lost mails, colleagues who leave, joined cases."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kalevi.cases import tasks
from kalevi.cases.actions import carrying, merging, nos, steps, verdicts
from kalevi.cases.actions.leaving import carry_on
from kalevi.cases.actions.links import give_link, keep_words
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.file_models import CaseFile
from kalevi.cases.links import text_of
from kalevi.cases.models import Case, Handover, State, Step, ToldAgain, Verdict
from kalevi.cases.notices import ask_if_solved
from kalevi.cases.queries.lists import nos_for_colleague, offers_for_colleague
from kalevi.cases.returning import watch_mails
from kalevi.channels.email.models import Outgoing, Received, Sending
from kalevi.people import erasing
from kalevi.people.models import Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
AGAIN = PROBLEM | {"t": [["told_again", 0.9, []]]}


@pytest.fixture(autouse=True)
def now() -> Iterator[object]:
    Outgoing.objects.create(pk=1, host="127.0.0.1", port=25, address="palvelu@example.fi", changed_at=NOW)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE, language="en")


@pytest.fixture
def bo(case: Case) -> Colleague:
    return Colleague.objects.create_user("b@example.fi", name="Bo", role=Role.FRONTLINE, language="en")


@pytest.fixture
def mari() -> Contact:
    return Contact.objects.create(name="Mari", email="mari@example.fi", language="en", created_at=NOW)


@pytest.fixture
def case(tuula: Colleague, mari: Contact) -> Case:
    return open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=mari).pk])[0]


def answer(case: Case, words: str = "Hei Mari, tuon oven huomenna kello 9. Tuula", **more: object) -> Case:
    kept = steps.answer(
        case_id=case.pk,
        colleague=case.owner,
        token=words,
        words=words,
        **more,  # type: ignore[arg-type]
    )
    return Case.objects.get(pk=kept.pk)


def comes_back(state: str = Sending.State.BOUNCED) -> None:
    Sending.objects.filter(purpose=Sending.Purpose.ANSWER).update(
        state=state, ended_at=NOW, failure="bounced"
    )


class TestMailThatCameBack:
    def test_it_was_no_answer_and_its_case_is_to_be_answered_again(self, case: Case) -> None:
        answered = answer(case, by_mail=True)
        assert (answered.state, answered.answered_at, answered.step) == (State.WAITING, NOW, Step.ASK_AFTER)
        comes_back()
        assert [watch_mails(NOW) for _twice in range(2)] == [1, 0]
        case.refresh_from_db()
        assert (case.state, case.answered_at, case.step) == (State.OPEN, None, Step.ANSWER)
        told = Sending.objects.get(to="t@example.fi")
        assert told.subject == "An answer never reached the customer. The case is yours to act on again."

    def test_an_answer_that_arrived_before_stands(self, case: Case, now: time_machine.Traveller) -> None:
        answer(case, "Hei Mari, selvitän asian tänään. Tuula")
        now.shift(timedelta(hours=1))
        answer(case, by_mail=True)
        comes_back(Sending.State.FAILED)
        watch_mails(NOW + timedelta(hours=1))
        assert Case.objects.get().answered_at == NOW

    def test_a_no_that_was_never_heard_rests_no_more(self, case: Case) -> None:
        nos.say_no_alone(
            case_id=case.pk,
            colleague=case.owner,
            reason="Ovi on ollut käytössä kolme vuotta, joten emme voi vaihtaa sitä.",
            instead="Korjaan saranan veloituksetta huomenna.",
            by_mail=True,
        )
        comes_back()
        watch_mails(NOW)
        case.refresh_from_db()
        assert (case.state, case.no) == (State.OPEN, None)


class TestColleagueWhoLeft:
    def test_what_they_carried_goes_on_with_another_and_the_customer_hears_who_it_is(
        self, case: Case, tuula: Colleague, bo: Colleague
    ) -> None:
        answer(case)
        Colleague.objects.filter(pk=tuula.pk).update(is_active=False)
        assert [carry_on(NOW) for _twice in range(2)] == [1, 0]
        case.refresh_from_db()
        assert (case.owner, [one.colleague for one in case.chain.order_by("pk")]) == (bo, [tuula, bo])
        tasks.tell_of.call(case.pk, "carried_on")
        tasks.tell_customer.call(case.pk)
        assert list(Sending.objects.order_by("pk").values_list("to", "subject")) == [
            ("b@example.fi", "You now carry a case whose former carrier is not here any more."),
            ("mari@example.fi", "Bo is taking care of your matter"),
        ]

    def test_who_meets_customers_no_more_carries_none(self, case: Case, bo: Colleague) -> None:
        Colleague.objects.filter(pk=case.owner_id).update(frontline=False, board=True)
        carry_on(NOW)
        assert Case.objects.get().owner == bo

    def test_the_last_one_keeps_it_until_somebody_comes(self, case: Case) -> None:
        Colleague.objects.update(is_active=False)
        assert (carry_on(NOW), Case.objects.get().owner) == (0, case.owner)

    def test_nobody_waits_for_what_they_were_asked(self, case: Case, tuula: Colleague, bo: Colleague) -> None:
        carrying.offer(case_id=case.pk, giver=tuula, taker=bo)
        asked = nos.ask_no(
            case_id=case.pk, colleague=tuula, asked=bo, reason="Emme voi.", instead="Korjaan sen."
        )
        Colleague.objects.filter(pk=bo.pk).update(is_active=False)
        carry_on(NOW)
        asked.refresh_from_db()
        assert (Handover.objects.get().taken, asked.agreed) == (False, False)
        for happened in ("declined", "no_unseen"):
            tasks.tell_of.call(case.pk, happened)
        assert Sending.objects.filter(to="t@example.fi").count() == 2


class TestAskingWhetherItIsSolved:
    def test_who_was_answered_is_asked_once_and_a_no_by_mail_opens_it(
        self, case: Case, mari: Contact, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kalevi.cases.actions.opening.MAIL", "test")
        answer(case, by_mail=True)
        steps.resolve(case_id=case.pk, colleague=case.owner)
        for _twice in range(2):
            tasks.ask_customer.call(case.pk)
        asked = Sending.objects.get(purpose=Sending.Purpose.NOTICE)
        assert (asked.to, asked.subject) == ("mari@example.fi", "Is your matter settled now?")
        assert "/my/" in asked.text
        said = say("Valitettavasti ei.", contact=mari, channel="email")
        Received.objects.create(
            intake=said.intake,
            kind="message",
            message=b"1" * 16,
            sender=b"2" * 16,
            sending=asked,
            seen_at=NOW,
        )
        open_by_rules(ids=[said.pk])
        case.refresh_from_db()
        assert (case.state, case.step, case.reopened) == (State.OPEN, Step.ANSWER, 1)

    @pytest.mark.parametrize("why", ["never answered", "in peace", "told already", "erased"])
    def test_nobody_else_is_asked(self, case: Case, mari: Contact, why: str) -> None:
        if why != "never answered":
            answer(case)
        steps.resolve(case_id=case.pk, colleague=case.owner)
        if why == "in peace":
            Contact.objects.update(in_peace_since=NOW)
        elif why == "told already":
            verdicts.keep_verdict(case_id=case.pk, verdict=Verdict.SOLVED)
        elif why == "erased":
            erasing.erase(kind="contact", number=mari.pk, reason=Reason.REQUEST, actor_id=None)
        assert ask_if_solved(case.pk, NOW) is None


class TestEndedCases:
    def test_a_case_that_rests_opens_again_when_its_customer_needs_us(
        self, case: Case, mari: Contact
    ) -> None:
        nos.say_no_alone(
            case_id=case.pk, colleague=case.owner, reason="Emme voi.", instead="Korjaan saranan."
        )
        assert open_by_rules(ids=[say("Sarana on taas rikki.", body=PROBLEM, contact=mari).pk]) == []
        case.refresh_from_db()
        assert (case.state, case.no, case.words.count()) == (State.OPEN, None, 3)

    def test_a_reply_to_our_answer_opens_it_again_whatever_was_read_in_it(
        self, case: Case, mari: Contact
    ) -> None:
        answer(case)
        ours = case.words.get(interaction__outbound=True).interaction
        steps.resolve(case_id=case.pk, colleague=case.owner)
        assert open_by_rules(ids=[say("Hyvää syksyä.", contact=mari).pk]) == []
        assert Case.objects.get().state == State.RESOLVED
        open_by_rules(ids=[say("Niin mutta.", contact=mari, answers=ours).pk])
        assert Case.objects.get().state == State.OPEN

    def test_an_erased_customers_case_cannot_be_opened_again(self, case: Case, mari: Contact) -> None:
        erasing.erase(kind="contact", number=mari.pk, reason=Reason.REQUEST, actor_id=None)
        with pytest.raises(carrying.ClosedError):
            verdicts.reopen(case_id=case.pk, colleague=case.owner)

    def test_nothing_of_it_waits_on_anybodys_list(self, case: Case, tuula: Colleague, bo: Colleague) -> None:
        carrying.offer(case_id=case.pk, giver=tuula, taker=bo)
        nos.ask_no(case_id=case.pk, colleague=tuula, asked=bo, reason="Emme voi.", instead="Korjaan sen.")
        steps.resolve(case_id=case.pk, colleague=tuula)
        assert (offers_for_colleague(bo, NOW), nos_for_colleague(bo)) == ((), ())


class TestJoining:
    @pytest.fixture
    def other(self, case: Case, mari: Contact) -> Case:
        Case.objects.update(state=State.RESOLVED, resolved_at=NOW, resolved_by_id=case.owner_id)
        made = open_by_rules(ids=[say("Lasku on väärin.", body=AGAIN, contact=mari).pk])[0]
        Case.objects.filter(pk=case.pk).update(state=State.OPEN)
        return made

    def test_everything_goes_along_and_the_link_leads_there(
        self, case: Case, other: Case, bo: Colleague, client: Client
    ) -> None:
        page = f"/my/{text_of(give_link(case=other, language='en', actor_id=None))}/"
        CaseFile.objects.create(case=other, at=NOW, name="kuva.jpg", size=1, digest="a" * 64)
        carrying.offer(case_id=other.pk, giver=other.owner, taker=bo)
        merging.merge(case_id=other.pk, into_id=case.pk, colleague=bo)
        assert (case.words.count(), case.told_again.count(), case.files.count()) == (2, 1, 1)
        assert offers_for_colleague(bo, NOW) == ()
        text = client.get(page).content.decode()
        assert (
            "Ovi ei tullut." in text,
            "Lasku on väärin." in text,
            "Tuula will get back to you" in text,
        ) == (
            True,
            True,
            True,
        )
        client.post(page, {"what": "thanks"})
        assert case.thanks.colleague == case.owner

    def test_what_was_unanswered_is_unanswered_still(self, case: Case, other: Case) -> None:
        answer(case)
        assert Case.objects.get(pk=case.pk).state == State.WAITING
        merging.merge(case_id=other.pk, into_id=case.pk, colleague=case.owner)
        kept = Case.objects.get(pk=case.pk)
        assert (kept.state, kept.step, kept.step_at) == (State.OPEN, Step.ANSWER, other.step_at)

    def test_cases_of_people_nobody_knows_are_not_of_one_person(self, case: Case) -> None:
        one, two = open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM).pk for _ in range(2)])
        with pytest.raises(ValueError):
            merging.merge(case_id=one.pk, into_id=two.pk, colleague=case.owner)


class TestToldAgain:
    def test_it_counts_with_their_first_words_and_with_those_on_their_own_page(self, mari: Contact) -> None:
        Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE)
        case = open_by_rules(ids=[say("Neljäs kerta, sama ovi.", body=AGAIN, contact=mari).pk])[0]
        assert ToldAgain.objects.filter(case=case).count() == 1
        link = give_link(case=case, language="fi", actor_id=None)
        keep_words(link=link, token="1", words="Olen kertonut tämän jo kolme kertaa eri ihmisille.")
        assert (case.words.count(), ToldAgain.objects.filter(case=case).count()) == (2, 2)


class TestAnsweringPastEachOther:
    @pytest.fixture
    def page(self, client: Client, case: Case, tuula: Colleague) -> str:
        client.force_login(tuula)
        client.cookies["kalevi_language"] = "en"
        return f"/cases/{case.pk}/"

    def sent(self, client: Client, page: str, words: str, token: str) -> dict[str, str]:
        seen = client.get(page).context["answering"]["seen"].value()
        return {"words": words, "token": token, "seen": str(seen)}

    def test_what_the_customer_said_meanwhile_is_looked_at_first(
        self, client: Client, page: str, case: Case, mari: Contact
    ) -> None:
        form = self.sent(client, page, "Hei Mari, tuon oven huomenna kello 9. Tuula", "t1")
        open_by_rules(ids=[say("Löysinkin oven, kiitos!", contact=mari).pk])
        refused = client.post(f"{page}answer/", form)
        assert refused.status_code == 422
        text = refused.content.decode()
        assert ("Somebody said more while you wrote" in text, form["words"] in text) == (True, True)
        assert case.words.filter(interaction__outbound=True).count() == 0
        form["seen"] = str(refused.context["answering"]["seen"].value())
        assert client.post(f"{page}answer/", form).status_code == 302

    def test_two_taps_are_one_answer_and_a_colleagues_answer_is_seen_first(
        self, client: Client, page: str, case: Case, bo: Colleague
    ) -> None:
        form = self.sent(client, page, "Hei Mari, tuon oven huomenna kello 9. Tuula", "t1")
        assert [client.post(f"{page}answer/", form).status_code for _twice in range(2)] == [302, 302]
        assert case.words.filter(interaction__outbound=True).count() == 1
        client.force_login(bo)
        late = form | {"token": "b1", "words": "Hei Mari, soitan sinulle tänään. Bo"}
        assert client.post(f"{page}answer/", late).status_code == 422

    @pytest.mark.parametrize("seen", ["", "²", "x" * 20, "9" * 20])
    def test_what_is_no_number_hinders_nobody(self, client: Client, page: str, seen: str) -> None:
        form = {"words": "Hei Mari, tuon oven huomenna kello 9. Tuula", "token": "t", "seen": seen}
        assert client.post(f"{page}answer/", form).status_code == 302
