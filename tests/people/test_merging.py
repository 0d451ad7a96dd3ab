"""Two contacts become one in every room, and two again as they were."""

from datetime import date
from typing import Any

import pytest

from kalevi.audit.models import Entry
from kalevi.interactions.models import Interaction
from kalevi.people import erasing
from kalevi.people.actions.contacts import GoneError
from kalevi.people.actions.exporting import export_person
from kalevi.people.actions.merging import SamePersonError, merge_contacts, undo_merge
from kalevi.people.holdings import holdings
from kalevi.people.models import (
    Account,
    Aim,
    Colleague,
    Consent,
    Contact,
    Identity,
    Merge,
    Reason,
    StageChange,
)
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.MANAGER)


@pytest.fixture
def kept() -> Contact:
    contact = Contact.objects.create(name="Aino", created_at=NOW)
    consent(contact, "story")
    say("Ensimmäinen", contact=contact)
    return contact


@pytest.fixture
def gone() -> Contact:
    contact = Contact.objects.create(
        name="A. Virtanen",
        email="aino@example.fi",
        created_at=NOW,
        in_peace_since=NOW,
        account=Account.objects.create(name="Saaristo Oy"),
    )
    Identity.objects.create(contact=contact, kind="email", value="aino@example.fi")
    StageChange.objects.create(contact=contact, stage="customer", at=NOW)
    Aim.objects.create(contact=contact, kind="wish", words="Laituri", said_at=NOW)
    consent(contact, "story")
    consent(contact, "feedback")
    say("Toinen", contact=contact)
    return contact


def consent(contact: Contact, purpose: str) -> None:
    Consent.objects.create(
        contact=contact, purpose=purpose, basis="consent", given_at=NOW, ends_on=date(2030, 1, 1)
    )


def everything() -> dict[str, Any]:
    fields = ("id", "name", "email", "phone", "account_id", "in_peace_since", "merged_into_id")
    return {
        "contacts": list(Contact.objects.order_by("pk").values_list(*fields)),
        **{
            model.__name__: list(model._default_manager.order_by("pk").values_list("pk", "contact_id"))
            for model in (Identity, StageChange, Aim, Consent, Interaction)
        },
    }


def test_a_merge_moves_everything_and_undoing_moves_it_back(
    liisa: Colleague, kept: Contact, gone: Contact
) -> None:
    before = everything()
    merge = merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    kept.refresh_from_db()
    assert (kept.name, kept.email, kept.in_peace_since) == ("Aino", "aino@example.fi", NOW)
    assert [
        model.objects.filter(contact=gone).count() for model in (Identity, Aim, Consent, Interaction)
    ] == [
        0,
        0,
        1,
        0,
    ]
    undo_merge(actor=liisa, merge_id=merge.pk)
    assert everything() == before
    assert list(Entry.objects.order_by("pk").values_list("action", "contact_id")) == [
        ("people.merge_contacts", kept.pk),
        ("people.undo_merge", kept.pk),
    ]


def test_what_was_said_since_stays_with_whom_it_was_said_to(
    liisa: Colleague, kept: Contact, gone: Contact
) -> None:
    merge = merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    say("Kolmas", contact=kept)
    Contact.objects.filter(pk=kept.pk).update(email="uusi@example.fi")
    undo_merge(actor=liisa, merge_id=merge.pk)
    words = set(Interaction.objects.filter(contact=kept).values_list("verbatim", flat=True))
    kept.refresh_from_db()
    assert (words, kept.email) == ({"Ensimmäinen", "Kolmas"}, "uusi@example.fi")


def test_a_merge_happens_once_and_is_undone_once(liisa: Colleague, kept: Contact, gone: Contact) -> None:
    with pytest.raises(SamePersonError):
        merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=kept.pk)
    merge = merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    with pytest.raises(GoneError):
        merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    undo_merge(actor=liisa, merge_id=merge.pk)
    with pytest.raises(GoneError):
        undo_merge(actor=liisa, merge_id=merge.pk)


def test_erasing_reaches_everybody_merged_into_the_person(
    liisa: Colleague, kept: Contact, gone: Contact, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    last = Contact.objects.create(name="Viimeinen", created_at=NOW)
    merge_contacts(actor=liisa, kept_id=kept.pk, gone_id=gone.pk)
    merge_contacts(actor=liisa, kept_id=last.pk, gone_id=kept.pk)
    erasing.erase(kind="contact", number=last.pk, reason=Reason.REQUEST, actor_id=liisa.pk)
    assert Contact.objects.exclude(name="", email="").count() == 0
    assert Interaction.objects.filter(verbatim__isnull=False).count() == 0
    assert [merge.moved for merge in Merge.objects.all()] == [{}, {}]
    with pytest.raises(GoneError):
        undo_merge(actor=liisa, merge_id=Merge.objects.latest("pk").pk)


def test_an_export_holds_every_room(liisa: Colleague, gone: Contact) -> None:
    known = export_person(actor=liisa, contact_id=gone.pk)
    assert sorted(known) == sorted(["exported_at", *(holding.room for holding in holdings())])
    assert [aim["words"] for aim in known["people"]["aims"]] == ["Laituri"]
    assert [one["words"] for one in known["interactions"]] == ["Toinen"]
    assert Entry.objects.get().action == "people.export"
