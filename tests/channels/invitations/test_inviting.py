"""From an encounter to a mail, an answer and no second one; and every one not asked with the reason."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kalevi.audit.models import Entry
from kalevi.channels.invitations import delivering, holding, links
from kalevi.channels.invitations.actions import begin_occasion, invite, revoke
from kalevi.channels.invitations.delivering import Letter, UndeliverableError
from kalevi.channels.invitations.models import Decision, Invitation, Occasion, Rules
from kalevi.channels.invitations.queries import draw
from kalevi.channels.invitations.tasks import ask_and_remind
from kalevi.channels.kiosk.actions import make_feeling_survey
from kalevi.channels.survey import live
from kalevi.channels.survey.actions import close_survey, draft_survey, publish_survey
from kalevi.channels.survey.interpreting import forget_versions
from kalevi.channels.survey.limits import BY_ADDRESS
from kalevi.channels.survey.models import Survey
from kalevi.config.letters import ByMail
from kalevi.interactions.models import Intake, Interaction
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people import erasing
from kalevi.people.actions.contacts import give_consent
from kalevi.people.actions.merging import merge_contacts, undo_merge
from kalevi.people.models import Account, Colleague, Consent, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db


class Postman:
    """Keeps the letters instead of sending them."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.can = True

    def can_send(self) -> bool:
        """Whether it is at work."""
        return self.can

    def carry(self, letter: Letter) -> None:
        """Keep a letter; a key that was kept is the same letter."""
        if "@" not in letter.to:
            raise UndeliverableError("no_address")
        if letter.key not in {one.key for one in self.letters}:
            self.letters.append(letter)


@pytest.fixture
def postman() -> object:
    kept = Postman()
    delivering.deliver_with(kept)
    for each in (BY_ADDRESS.clear, live.forget, forget_versions):
        each()
    yield kept
    delivering.deliver_with(ByMail())


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.MANAGER)


@pytest.fixture
def client(liisa: Colleague) -> Client:
    client = Client()
    client.force_login(liisa)
    return client


def customer(liisa: Colleague, name: str = "Aino", **more: object) -> Contact:
    values = {"name": name, "email": f"{name.lower()}@example.fi", "language": "fi", "created_at": NOW} | more
    contact = Contact.objects.create(**values)
    with time_machine.travel(NOW - timedelta(days=30)):
        give_consent(
            actor=liisa, contact_id=contact.pk, purpose="feedback", basis="consent", ends_on=date(2028, 1, 1)
        )
    return contact


def nps(liisa: Colleague) -> Survey:
    draft = {
        "title": {"fi": "Miten meni?", "sv": "Hur gick det?", "en": "How did it go?"},
        "questions": [{"key": "again", "kind": "nps"}, {"key": "why", "kind": "words"}],
    }
    survey = draft_survey(name="NPS", draft=draft, languages=["fi", "sv", "en"], actor_id=liisa.pk)
    publish_survey(survey=survey, actor_id=liisa.pk)
    return survey


def counter() -> Touchpoint:
    stage = JourneyStage.objects.create(key="visit", position=99, name_fi="a", name_sv="a", name_en="a")
    return Touchpoint.objects.create(
        key="till", stage=stage, name_fi="Kassa", name_sv="Kassan", name_en="Till"
    )


def links_in(letter: Letter) -> list[str]:
    return re.findall(r"https?://\S+/s/\S+", letter.text)


def read(client: Client, address: str) -> str:
    parts = urlsplit(address)
    return Client().get(f"{parts.path}?{parts.query}").content.decode()


def fill(page: str, **fields: str) -> dict[str, str]:
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return hidden | fields


def answer(key: str, fields: dict[str, str]) -> None:
    Client().post(f"/s/{key}", urlencode(fields), content_type="application/x-www-form-urlencoded")


def test_a_mail_holds_the_first_question_and_opening_it_records_nothing(
    postman: Postman, liisa: Colleague, client: Client
) -> None:
    aino, survey = customer(liisa), nps(liisa)
    with time_machine.travel(NOW):
        client.post(f"/customers/{aino.pk}/ask/", {"survey": survey.pk})
    letter = postman.letters[0]
    assert (letter.to, letter.subject, letter.language) == ("aino@example.fi", "Miten meni?", "fi")
    nine = next(one for one in links_in(letter) if "again=9" in one)
    assert len(links_in(letter)) == 11
    assert all(address.replace("&", "&amp;") in letter.html for address in links_in(letter))
    with time_machine.travel(NOW + timedelta(hours=1)) as clock:
        page = read(client, nine)
        for _scanner in range(3):
            read(client, nine)
        assert (Intake.objects.count(), 'value="9" checked' in page) == (0, True)
        parts = urlsplit(nine)
        key = parts.path.split("/")[2]
        clock.shift(5)
        answer(key, fill(page, again="9", why="Ystävällistä."))
        clock.shift(3600)
        page = read(client, nine)
        clock.shift(5)
        answer(key, fill(page, again="8", why="Mietin vielä."))
    understand(reader=default_reader(), source="survey")
    older, newer = Interaction.objects.order_by("pk")
    assert (older.contact, newer.contact, newer.older_version) == (aino, aino, older)
    assert [one.verbatim for one in (older, newer)] == ["Ystävällistä.", "Mietin vielä."]


def test_a_day_after_the_answer_or_ended_or_revoked_the_link_is_nobodys(
    postman: Postman, liisa: Colleague
) -> None:
    aino, survey = customer(liisa), nps(liisa)
    with time_machine.travel(NOW):
        invitation = invite(contact=aino, survey=survey, actor=liisa).invitation
    assert invitation is not None
    link = links.link_of(invitation)
    with time_machine.travel(NOW + timedelta(days=29)):
        found = links.known(link, survey.pk)
        assert found is not None
        assert found.identities == (("contact", str(aino.pk)),)
        assert links.known(link, survey.pk + 1) is None
        assert links.known(link[:-1] + ("0" if link[-1] != "0" else "1"), survey.pk) is None
        revoke(invitation=invitation, actor=liisa)
        assert links.known(link, survey.pk) is None
        Invitation.objects.update(revoked_at=None)
        Intake.objects.create(
            source="survey",
            scope=f"survey:{survey.pk}",
            identity=links.identity_of(invitation),
            content=b"0" * 16,
            raw=b"x",
            received_at=NOW + timedelta(days=28, hours=1),
        )
        assert links.known(link, survey.pk) is not None
    with time_machine.travel(NOW + timedelta(days=29, hours=2)):
        assert links.known(link, survey.pk) is None
    with time_machine.travel(NOW + timedelta(days=31)):
        Intake.objects.update(state=Intake.State.UNDERSTOOD)
        assert links.known(link, survey.pk) is None


@pytest.mark.parametrize("link", ["", "1", "1-", "x-y", "-", "9" * 30 + "-a", "1-\ud800", "٣-abc"])
def test_other_texts_are_no_links(postman: Postman, link: str) -> None:
    assert links.invitation_of(link) is None


def test_encounters_are_decided_once_each_with_the_reason(
    postman: Postman, liisa: Colleague, client: Client
) -> None:
    survey, till = make_feeling_survey(name="K", touchpoint=None, actor_id=liisa.pk), counter()
    with time_machine.travel(NOW - timedelta(days=3)):
        occasion = begin_occasion(touchpoint=till, survey=survey, wait_hours=24, share=100, actor=liisa)
    names = ("Aino", "Bertta", "Cecilia", "Daga")
    aino, bertta, cecilia, daga = (customer(liisa, name) for name in names)
    Contact.objects.filter(pk=bertta.pk).update(in_peace_since=NOW)
    Consent.objects.filter(contact=cecilia).update(withdrawn_at=NOW)
    Contact.objects.filter(pk=daga.pk).update(email="")
    for contact in (aino, bertta, cecilia, daga, aino):
        say("Kävin.", contact=contact, touchpoint=till, channel="counter", ago=timedelta(hours=30))
    say("Juuri nyt.", contact=aino, touchpoint=till, channel="counter", ago=timedelta(hours=2))
    say("Ennen.", contact=aino, touchpoint=till, channel="counter", ago=timedelta(days=5))
    say("Kysely.", contact=aino, touchpoint=till, channel="survey", ago=timedelta(days=2))
    say("Kuka lie.", touchpoint=till, channel="counter", ago=timedelta(hours=30))
    with time_machine.travel(NOW):
        postman.can = False
        ask_and_remind.call()
        assert Decision.objects.count() == 0
        postman.can = True
        ask_and_remind.call()
        ask_and_remind.call()
    told = [(one.contact, one.reason) for one in Decision.objects.order_by("pk")]
    # The survey just answered lets Aino rest; her second encounter finds the same.
    assert told == [
        (aino, "answered_lately"),
        (bertta, "in_peace"),
        (cecilia, "no_consent"),
        (daga, "no_address"),
        (aino, "answered_lately"),
    ]
    assert (postman.letters, {one.occasion for one in Decision.objects.all()}) == ([], {occasion})
    page = client.get("/invitations/?reason=in_peace").content.decode()
    assert ("Bertta" in page, "Daga" in page) == (True, False)


def test_one_reminder_and_never_after_an_answer(postman: Postman, liisa: Colleague) -> None:
    survey = nps(liisa)
    aino, bertta = customer(liisa), customer(liisa, "Bertta")
    with time_machine.travel(NOW):
        asked = [invite(contact=contact, survey=survey, actor=liisa).invitation for contact in (aino, bertta)]
    assert asked[1] is not None
    with time_machine.travel(NOW + timedelta(days=3)):
        ask_and_remind.call()
        # Received, but nobody has understood it yet.
        Intake.objects.create(
            source="survey",
            scope=f"survey:{survey.pk}",
            identity=links.identity_of(asked[1]),
            content=b"0" * 16,
            raw=b"x",
            received_at=NOW + timedelta(days=3),
        )
    for day in (4, 5, 20):
        with time_machine.travel(NOW + timedelta(days=day, minutes=1)):
            ask_and_remind.call()
    reminders = Decision.objects.filter(kind="reminder").order_by("pk")
    assert [(one.contact, one.reason) for one in reminders] == [(aino, ""), (bertta, "answered_already")]
    assert [letter.key.partition(":")[2].partition(":")[2] for letter in postman.letters] == [
        "",
        "",
        "reminder",
    ]
    assert postman.letters[2].subject == "Haluaisimme yhä kuulla: Miten meni?"


def test_no_one_and_no_organisation_is_asked_too_often(postman: Postman, liisa: Colleague) -> None:
    survey, yard = nps(liisa), Account.objects.create(name="Piha Oy")
    people = [customer(liisa, name, account=yard) for name in ("Aino", "Bertta", "Cecilia", "Daga")]
    with time_machine.travel(NOW):
        reasons = [
            invite(contact=person, survey=survey, actor=liisa).reason for person in (people[0], *people)
        ]
    assert reasons == ["", "invited_lately", "", "", "account_invited_lately"]
    with time_machine.travel(NOW + timedelta(days=8)):
        assert invite(contact=people[3], survey=survey, actor=liisa).reason == ""
        close_survey(survey=survey, actor_id=liisa.pk)
        survey.refresh_from_db()
        assert invite(contact=people[2], survey=survey, actor=liisa).reason == "survey_closed"


def test_a_share_is_drawn_alike_each_time(postman: Postman, liisa: Colleague) -> None:
    till = counter()
    one = begin_occasion(touchpoint=till, survey=nps(liisa), wait_hours=0, share=30, actor=liisa)
    drawn = [draw(one, number << 30) for number in range(10_000)]
    assert drawn == [draw(one, number << 30) for number in range(10_000)]
    assert abs(sum(number < 30 for number in drawn) / 10_000 - 0.3) < 0.02
    assert (min(drawn), max(drawn)) == (0, 99)


def test_asking_no_more_is_a_wish_kept_and_a_look_changes_nothing(postman: Postman, liisa: Colleague) -> None:
    survey, aino, bertta = nps(liisa), customer(liisa), customer(liisa, "Bertta")
    with time_machine.travel(NOW):
        for contact in (aino, bertta):
            invite(contact=contact, survey=survey, actor=liisa)
        address = urlsplit(postman.letters[0].unsubscribe).path
        assert Client().get(address).status_code == 200
        assert Consent.objects.filter(withdrawn_at__isnull=True).count() == 2
        one_click = {"List-Unsubscribe": "One-Click"}
        assert Client().post(address, one_click).status_code == 200
        Client().post(urlsplit(postman.letters[1].unsubscribe).path, {"wish": "peace"})
    for contact in (aino, bertta):
        contact.refresh_from_db()
    assert (aino.in_peace_since, bertta.in_peace_since is None) == (None, False)
    assert Consent.objects.filter(withdrawn_at__isnull=True).count() == 0
    assert Entry.objects.filter(action="channels.invitations.ask_no_more", actor_id=None).count() == 2


def test_what_is_held_is_told_moved_and_erased(postman: Postman, liisa: Colleague) -> None:
    survey, gone, kept = nps(liisa), customer(liisa), customer(liisa, "Bertta")
    with time_machine.travel(NOW):
        invitation = invite(contact=gone, survey=survey, actor=liisa).invitation
        assert invitation is not None
        assert [len(part) for part in holding.export(gone.pk).values()] == [1, 1]
        merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
        found = links.known(links.link_of(invitation), survey.pk)
        assert found is not None
        assert [len(part) for part in holding.export(kept.pk).values()] == [1, 1]
        erasing.erase(kind="contact", number=kept.pk, reason=Reason.REQUEST, actor_id=liisa.pk)
        assert links.known(links.link_of(invitation), survey.pk) is None
    assert (Invitation.objects.count(), Decision.objects.get().contact) == (0, None)


def test_an_answer_after_a_merge_is_the_kept_contacts(postman: Postman, liisa: Colleague) -> None:
    survey, gone, kept = nps(liisa), customer(liisa), customer(liisa, "Bertta")
    with time_machine.travel(NOW) as clock:
        invite(contact=gone, survey=survey, actor=liisa)
        merge = merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
        for words in ("Ennen.", "Jälkeen."):
            page = read(Client(), links_in(postman.letters[0])[9])
            clock.shift(5)
            answer(survey.key, fill(page, again="9", why=words))
            understand(reader=default_reader(), source="survey")
            if words == "Ennen.":
                undo_merge(actor=liisa, merge_id=merge.pk)
    told = [(one.verbatim, one.contact) for one in Interaction.objects.order_by("pk")]
    assert told == [("Ennen.", kept), ("Jälkeen.", gone)]
    assert Contact.objects.count() == 2


def test_rules_are_read_and_changed(postman: Postman, client: Client) -> None:
    page = client.get("/settings/invitations/").content.decode()
    assert "A person is asked at most once in 30 days." in page
    names = [field.name for field in Rules._meta.fields if field.name != "id"]
    client.post("/settings/invitations/", dict.fromkeys(names, "9"))
    assert {getattr(Rules.objects.get(), name) for name in names} == {9}
    assert (
        "A person is asked at most once in 9 days." in client.get("/settings/invitations/").content.decode()
    )
    assert client.post("/settings/invitations/", dict.fromkeys(names, "0")).status_code == 200
    assert Rules.objects.get().link_days == 9


def test_an_occasion_begins_and_ends(postman: Postman, liisa: Colleague, client: Client) -> None:
    told = {"touchpoint": counter().pk, "survey": nps(liisa).pk, "wait_hours": 2, "share": 50}
    client.post("/settings/invitations/occasion/", told)
    one = Occasion.objects.get()
    assert (one.wait_hours, one.share, one.active) == (2, 50, True)
    client.post(f"/settings/invitations/occasion/{one.pk}/end/")
    one.refresh_from_db()
    assert one.active is False
    assert client.post("/settings/invitations/occasion/", told | {"share": 0}).status_code == 200


@pytest.mark.parametrize("address", ["/invitations/", "/settings/invitations/"])
def test_as_many_queries_for_three_as_for_one(
    postman: Postman, liisa: Colleague, client: Client, address: str
) -> None:
    survey, till = nps(liisa), counter()
    numbers = iter(range(9))

    def one() -> None:
        contact = customer(liisa, f"A{next(numbers)}")
        invite(contact=contact, survey=survey, actor=liisa)
        other = make_feeling_survey(name="K", touchpoint=None, actor_id=liisa.pk)
        begin_occasion(touchpoint=till, survey=other, wait_hours=0, share=100, actor=liisa)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    one()
    first = queries()
    one()
    one()
    assert queries() == first


def test_a_decision_stays_as_it_was_made(postman: Postman, liisa: Colleague) -> None:
    decision = invite(contact=customer(liisa), survey=nps(liisa), actor=liisa)
    for change in ({"reason": "in_peace"}, {"kind": "reminder"}, {"at": NOW}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        decision.delete()
    assert Decision.objects.get().reason == ""


def test_every_link_in_a_mail_names_the_person_by_a_seal_alone(postman: Postman, liisa: Colleague) -> None:
    invite(contact=customer(liisa), survey=nps(liisa), actor=liisa)
    for address in links_in(postman.letters[0]):
        asked = parse_qs(urlsplit(address).query)
        assert (sorted(asked), "aino" in address) == (["again", "d", "p"], False)
