"""What is done to customers: stages, wishes, consents, aims; each is audited."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from kalevi.audit.models import Entry
from kalevi.people.actions import contacts as actions
from kalevi.people.models import Account, Aim, Colleague, Consent, Contact, Stage, StageChange
from kalevi.people.queries.contacts import contacts_for_colleague, may_approach, people_of_account
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.MANAGER)


@pytest.fixture
def aino() -> Contact:
    return Contact.objects.create(name="Aino Virtanen", email="aino@example.fi", created_at=NOW)


def test_an_ended_customership_keeps_its_way_and_may_return(liisa: Colleague, aino: Contact) -> None:
    for stage in (Stage.CUSTOMER, Stage.ENDED, Stage.ENDED, Stage.RETURNED):
        actions.change_stage(actor=liisa, contact_id=aino.pk, stage=stage)
    stages = list(StageChange.objects.order_by("pk").values_list("stage", flat=True))
    aino.refresh_from_db()
    assert (aino.stage, stages) == ("returned", ["customer", "ended", "returned"])
    assert (
        Entry.objects.filter(action="people.change_stage", contact_id=aino.pk, actor_id=liisa.pk).count() == 3
    )


@time_machine.travel(NOW, tick=False)
def test_who_wishes_peace_is_approached_in_their_own_matter_only(liisa: Colleague, aino: Contact) -> None:
    give: dict[str, Any] = {"actor": liisa, "contact_id": aino.pk, "basis": "consent"}
    actions.give_consent(**give, purpose="feedback", ends_on=TODAY)
    assert [may_approach(aino, purpose) for purpose in Consent.Purpose] == [True, True, False, False]
    assert not may_approach(aino, "feedback", today=TODAY + timedelta(days=1))
    aino = actions.leave_in_peace(actor=liisa, contact_id=aino.pk, wished=True)
    assert [may_approach(aino, purpose) for purpose in Consent.Purpose] == [True, False, False, False]
    aino = actions.leave_in_peace(actor=liisa, contact_id=aino.pk, wished=False)
    assert may_approach(aino, "feedback")
    assert [
        entry.details for entry in Entry.objects.filter(action="people.leave_in_peace").order_by("pk")
    ] == [
        {"wished": True},
        {"wished": False},
    ]


@time_machine.travel(NOW, tick=False)
def test_a_newer_consent_takes_the_place_of_the_older(liisa: Colleague, aino: Contact) -> None:
    for days in (10, 20):
        actions.give_consent(
            actor=liisa,
            contact_id=aino.pk,
            purpose="story",
            basis="consent",
            ends_on=TODAY + timedelta(days=days),
        )
    assert Consent.objects.get(withdrawn_at__isnull=True).ends_on == TODAY + timedelta(days=20)
    assert actions.withdraw_consent(actor=liisa, contact_id=aino.pk, purpose="story") is True
    assert actions.withdraw_consent(actor=liisa, contact_id=aino.pk, purpose="story") is False
    assert (may_approach(aino, "story"), Consent.objects.count()) == (False, 2)


def test_an_aim_is_kept_as_told(liisa: Colleague, aino: Contact) -> None:
    aim = actions.add_aim(actor=liisa, contact_id=aino.pk, kind="wish", words="Laituri ennen juhannusta")
    assert aim.told_by_colleague_id == liisa.pk
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_aim SET words = 'x'")
    assert Aim.objects.get().words == "Laituri ennen juhannusta"


def test_an_organisation_has_its_people_and_its_own_audience(liisa: Colleague, aino: Contact) -> None:
    other = Contact.objects.create(name="Oskar", created_at=NOW)
    details: dict[str, Any] = {
        "actor": liisa,
        "email": "",
        "phone": "",
        "language": "",
        "account": "Saaristo Oy",
    }
    actions.change_details(**details, contact_id=aino.pk, name="Aino", side="customer")
    actions.change_details(**details, contact_id=other.pk, name="Oskar", side="audience")
    account = Account.objects.get()
    sides = {side: [one.name for one in people] for side, people in people_of_account(account).items()}
    assert sides == {"customer": ["Aino"], "audience": ["Oskar"]}
    aim = actions.add_aim(actor=liisa, contact_id=aino.pk, kind="goal", words="Kasvu", of_account=True)
    assert (aim.account, aim.contact) == (account, None)


@pytest.mark.parametrize("field", ["erasure", "merged"])
def test_nothing_is_done_to_somebody_who_is_gone(liisa: Colleague, aino: Contact, field: str) -> None:
    if field == "merged":
        other = Contact.objects.create(created_at=NOW)
        Contact.objects.filter(pk=aino.pk).update(merged_into=other)
    else:
        from kalevi.people.models import Erasure

        Contact.objects.filter(pk=aino.pk).update(
            name="", email="", erasure=Erasure.objects.create(at=NOW, reason="request")
        )
    with pytest.raises(actions.GoneError):
        actions.change_stage(actor=liisa, contact_id=aino.pk, stage=Stage.CUSTOMER)
    aino.refresh_from_db()
    assert not may_approach(aino, "service")


def test_customers_are_found_by_name_and_by_address() -> None:
    for name, email in (("Aino Virtanen", "aino@example.fi"), ("Åsa Öberg", ""), ("Aino Öberg", "")):
        Contact.objects.create(name=name, email=email, created_at=NOW)

    def names(words: str) -> list[str]:
        return [contact.name for contact in contacts_for_colleague(words=words)[0]]

    assert names("") == ["Aino Öberg", "Åsa Öberg", "Aino Virtanen"]
    assert names("aino") == ["Aino Öberg", "Aino Virtanen"]
    assert names("öberg aino") == ["Aino Öberg"]
    assert names("AINO@example.fi") == ["Aino Virtanen"]
    assert names("%") == []


def test_pages_post_and_come_back(liisa: Colleague, aino: Contact) -> None:
    client = Client()
    client.force_login(liisa)
    say("Hei", contact=aino)
    ends = (timezone.localdate() + timedelta(days=9)).isoformat()
    posts = {
        "stage": {"stage": "prospect"},
        "peace": {"wished": "yes"},
        "aims": {"kind": "goal", "words": "Sauna"},
        "consent": {"purpose": "story", "basis": "consent", "ends_on": ends},
        "consent/end": {"purpose": "story"},
        "details": {"name": "Aino V", "side": "customer"},
    }
    for place, values in posts.items():
        answer = client.post(f"/customers/{aino.pk}/{place}/", values)
        assert answer.headers["Location"] == f"/customers/{aino.pk}/"
    assert sorted(Entry.objects.values_list("action", flat=True)) == [
        "people.add_aim",
        "people.change_details",
        "people.change_stage",
        "people.give_consent",
        "people.leave_in_peace",
        "people.withdraw_consent",
    ]
    answer = client.post(f"/customers/{aino.pk}/consent/", {"ends_on": "2020-01-01"}, follow=True)
    assert "The end date has passed already." in answer.content.decode()
    assert client.post("/customers/99999/stage/", {"stage": "customer"}).status_code == 404
