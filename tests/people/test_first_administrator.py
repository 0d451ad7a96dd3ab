"""The first administrator comes in by a one-time link and gives an address of their own."""

from unittest.mock import patch

import pytest
from django.test import Client

from kalevi.config import installation
from kalevi.people.actions.colleagues import FIRST_LINKS, LinkEndedError, join
from kalevi.people.models import Colleague
from kalevi.people.queries import open_invitation
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


def test_links_of_several_starts_work_until_one_is_used(client: Client) -> None:
    links = [installation.first_administrator_link() or "" for _start in range(FIRST_LINKS + 1)]
    assert [client.get(link).status_code for link in links] == [410] + [200] * FIRST_LINKS
    assert Colleague.objects.count() == 1
    assert client.post(links[2], GIVEN | {"email": "aino@example.fi"}).status_code == 302
    assert [client.get(link).status_code for link in links] == [410] * (FIRST_LINKS + 1)


def test_of_two_links_used_at_once_one_ends() -> None:
    link, other = installation.first_administrator_link() or "", installation.first_administrator_link() or ""
    told = {"name": "Aino", "language": "fi", "password": GIVEN["password"], "email": "aino@example.fi"}
    read_before = open_invitation(other.split("/")[-2])
    join(token=link.split("/")[-2], **told)
    with (
        patch("kalevi.people.actions.colleagues.open_invitation", return_value=read_before),
        pytest.raises(LinkEndedError),
    ):
        join(token=other.split("/")[-2], **told | {"name": "Somebody else"})
    assert Colleague.objects.get().name == "Aino"
