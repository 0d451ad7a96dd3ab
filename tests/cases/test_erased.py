"""A resolved case of a customer whose data were erased: it stays to be counted, and offers nothing."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from kalevi.cases.actions.carrying import ClosedError
from kalevi.cases.actions.links import give_link
from kalevi.cases.actions.opening import open_by_hand
from kalevi.cases.actions.steps import resolve
from kalevi.cases.actions.verdicts import reopen
from kalevi.cases.models import Case, State
from kalevi.people import erasing
from kalevi.people.models import Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import say

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


@pytest.fixture
def tuula() -> Colleague:
    return Colleague.objects.create_user("t@example.fi", name="Tuula", role=Role.FRONTLINE)


@pytest.fixture
def erased(tuula: Colleague) -> Case:
    mari = Contact.objects.create(name="Mari Malli", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    case = open_by_hand(interaction=say("Ovi on rikki.", contact=mari), colleague=tuula)
    resolve(case_id=case.pk, colleague=tuula)
    erasing.erase(kind="contact", number=mari.pk, reason=Reason.REQUEST, actor_id=None)
    return Case.objects.get(pk=case.pk)


def test_nothing_is_offered_and_what_is_sent_is_refused_with_words(
    client: Client, tuula: Colleague, erased: Case
) -> None:
    client.force_login(tuula)
    page = client.get(f"/cases/{erased.pk}/", headers=EN).content.decode()
    assert "who they are was erased on" in page
    offered = ("/promises/new/", "/reopen/", f"/cases/{erased.pk}/link/")
    assert [one for one in offered if one in page] == []
    for address in (f"/cases/{erased.pk}/reopen/", f"/cases/{erased.pk}/link/"):
        refused = client.post(address, headers=EN, follow=True).content.decode()
        assert "data were erased, so this cannot be done any more" in refused, address
    promise = f"/promises/new/?contact={erased.contact_id}"
    assert "data were erased, so this cannot" in client.get(promise, headers=EN, follow=True).content.decode()


def test_the_actions_refuse_by_themselves(tuula: Colleague, erased: Case) -> None:
    with pytest.raises(ClosedError):
        reopen(case_id=erased.pk, colleague=tuula)
    with pytest.raises(ClosedError):
        give_link(case=erased, language="fi", actor_id=tuula.pk)
    assert (Case.objects.get().state, erased.links.count()) == (State.RESOLVED, 0)
