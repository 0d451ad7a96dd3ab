"""Who answers may leave a phone number or an e-mail address: kept beside the words, and gone with them."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from kalevi.channels.survey.models import Reach
from kalevi.channels.survey.reach import Left, left_in
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.erasing import erase
from kalevi.people.holdings import holdings
from kalevi.people.models import Contact, Identity, Reason
from tests.channels.survey.asked import a_form, a_survey, understood

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("040 123 4567", Left("040 123 4567", "")),
        ("Soittakaa +358 (0)40-123 4567, iltaisin", Left("+358 (0)40-123 4567", "")),
        ("Aino@Example.fi tai 0401234567", Left("0401234567", "aino@example.fi")),
        ("050 1234567 klo 12-14", Left("050 1234567", "")),
        ("soittakaa minulle", Left()),
        ("12345", Left()),
        ("1" * 60, Left()),
        ("", Left()),
    ],
)
def test_what_can_be_called_or_written_to_is_found(text: str, left: Left) -> None:
    assert left_in(text) == left


def test_what_was_left_is_a_contact_and_goes_with_the_words(client: Client) -> None:
    survey = a_survey()
    form = a_form(survey, words="Soittakaa minulle.", _reach="Aino@example.fi, 040 123 4567")
    assert client.post(f"/s/{survey.key}", form, content_type=FORM).status_code == 303
    understood()
    told = Interaction.objects.get()
    contact = Contact.objects.get()
    assert (told.contact, told.verbatim) == (contact, "Soittakaa minulle.")
    assert (contact.name, contact.email, contact.phone, contact.language) == (
        "",
        "aino@example.fi",
        "040 123 4567",
        "fi",
    )
    assert Identity.objects.values_list("kind", "value").get() == ("left", "aino@example.fi 0401234567")
    assert Reach.objects.values_list("interaction", "phone", "email").get() == (
        told.pk,
        "040 123 4567",
        "aino@example.fi",
    )
    held = next(one for one in holdings() if one.room == "channels.survey").export(contact.pk)
    assert held[-1] == {
        "occurred_at": told.occurred_at.isoformat(),
        "left_phone": "040 123 4567",
        "left_email": "aino@example.fi",
    }
    erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    assert Reach.objects.count() == 0


def test_what_cannot_be_read_is_asked_again_with_everything_in_hand(client: Client) -> None:
    survey = a_survey()
    form = a_form(survey, words="Soittakaa minulle.", _reach="naapurin puhelimeen")
    answer = client.post(f"/s/{survey.key}", form, content_type=FORM)
    page = answer.content.decode()
    assert (answer.status_code, Intake.objects.count()) == (422, 0)
    assert 'value="naapurin puhelimeen"' in page
    assert page.count('name="_reach"') == 1
    assert "Soittakaa minulle." in page
    assert "Puhelinnumeroa tai sähköpostiosoitetta" in page
    assert '<details class="q reach"><summary>' in client.get(f"/s/{survey.key}/fi").content.decode()


def test_nothing_left_leaves_somebody_unnamed(client: Client) -> None:
    survey = a_survey()
    client.post(f"/s/{survey.key}", a_form(survey, words="Hyvin meni.", _reach=" "), content_type=FORM)
    understood()
    assert (Interaction.objects.get().contact, Reach.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("reach", "known"),
    [("040 1234567", True), ("eve@example.fi 040 1234567", False), ("eve@example.fi", False)],
)
def test_nobody_comes_to_anothers_timeline_with_a_second_way(client: Client, reach: str, known: bool) -> None:
    aino = Contact.objects.create(
        name="Aino", phone="040 1234567", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    Identity.objects.create(contact=aino, kind="phone", value="0401234567")
    survey = a_survey()
    client.post(f"/s/{survey.key}", a_form(survey, words="Soittakaa.", _reach=reach), content_type=FORM)
    understood()
    assert (Interaction.objects.get().contact == aino) is known
    assert Identity.objects.filter(contact=aino).count() == 1
