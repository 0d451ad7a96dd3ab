"""Numbers from outside are read or passed over, never an error of the server."""

import pytest
from django.test import Client

from kalevi.people.models import Colleague
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import Role


@pytest.mark.parametrize(
    ("text", "signed", "number"),
    [
        ("0", False, 0),
        ("0042", False, 42),
        ("-7", True, -7),
        ("9223372036854775807", False, 2**63 - 1),
        ("9223372036854775808", False, None),
        ("-7", False, None),
        ("--7", True, None),
        ("²", False, None),
        ("٣", False, None),
        ("1" * 5_000, False, None),
        (" 1", False, None),
        ("", True, None),
    ],
)
def test_a_number_is_read_as_a_database_holds_it(text: str, signed: bool, number: int | None) -> None:
    assert whole_number(text, signed=signed) == number


@pytest.mark.django_db
def test_what_is_no_number_in_an_address_is_passed_over(client: Client) -> None:
    client.force_login(Colleague.objects.create_user("e@example.fi", name="E", role=Role.MANAGER))
    for address in ("/today/live/?beside=--1", "/settings/journey/touchpoint/?stage=²"):
        assert client.get(address).status_code == 200, address
