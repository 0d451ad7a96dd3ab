"""The first administrator comes in by a one-time link and gives an address of their own."""

import pytest
from django.test import Client

from kalevi.config import installation
from kalevi.people.models import Colleague
from kalevi.shell.roles import STAFF

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Aino", "language": "fi", "password": "kolme tavallista sanaa"}


def test_first_administrator_joins_by_the_link_and_no_further_link_is_given(client: Client) -> None:
    link = installation.first_administrator_link()
    assert link is not None
    answer = client.post(link, GIVEN | {"email": "Aino@Example.fi"})
    assert answer.status_code == 302
    colleague = Colleague.objects.get()
    assert (colleague.email, colleague.roles, colleague.name) == (
        "aino@example.fi",
        STAFF,
        "Aino",
    )
    assert client.get("/settings/people/").status_code == 200
    assert installation.first_administrator_link() is None
    assert client.get(link).status_code == 410


def test_address_is_asked_for(client: Client) -> None:
    link = installation.first_administrator_link() or ""
    answer = client.post(link, GIVEN)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"email"}
    assert installation.has_administrator() is False


def test_a_new_start_gives_a_new_link_and_ends_the_old(client: Client) -> None:
    old, new = installation.first_administrator_link() or "", installation.first_administrator_link() or ""
    assert (client.get(old).status_code, client.get(new).status_code) == (410, 200)
