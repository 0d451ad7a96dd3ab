"""Who may open which page. An address that is missing from the matrix fails the build."""

import csv
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.pages.addresses import addresses

pytestmark = pytest.mark.django_db
REFUSED = 403


@cache
def matrix() -> dict[str, str]:
    """Return who may open an address: `anybody`, or the first letters of the roles."""
    with (Path(__file__).parent / "permissions.tsv").open(encoding="utf-8") as file:
        return {row["address"]: row["who"] for row in csv.DictReader(file, delimiter="\t")}


def ours() -> dict[str, object]:
    """Return our own views; those of signing in are allauth's and open by nature."""
    return {path: view for path, view in addresses() if not view.__module__.startswith(("allauth", "django"))}


def test_every_address_is_in_the_matrix_and_nothing_else() -> None:
    assert sorted(matrix()) == sorted(ours())


def test_views_say_the_same_as_the_matrix() -> None:
    said = {
        path: "anybody"
        if getattr(view, "public", False)
        else "".join(sorted(role[0] for role in getattr(view, "roles", ())))
        for path, view in ours().items()
    }
    assert said == matrix()


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_pages_and_no_others(client: Client, role: Role) -> None:
    client.force_login(Colleague.objects.create_user("x@example.fi", name="X", role=role))
    wrong = []
    for path, who in matrix().items():
        statuses = {client.get(path).status_code, client.post(path).status_code}
        allowed = who == "anybody" or role[0] in who
        if (REFUSED in statuses) == allowed:
            wrong.append((path, who, statuses))
        if path.startswith("/language"):
            client.cookies.pop("kalevi_language", None)
    assert wrong == []


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    wrong = []
    for path, who in matrix().items():
        for answer in (client.get(path), client.post(path)) if who != "anybody" else ():
            asked = answer.headers.get("Location", "").startswith("/account/login/")
            if answer.status_code != 405 and not asked:
                wrong.append((path, answer.status_code))
    assert wrong == []
