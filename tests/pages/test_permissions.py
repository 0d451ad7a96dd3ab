"""Who may open which page, by which method. An address that is missing from the matrix fails the build."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from kalevi.people.models import Colleague
from kalevi.shell.navigation import name_of
from kalevi.shell.roles import Role
from tests.pages.addresses import addresses

pytestmark = pytest.mark.django_db
REFUSED, WRONG_METHOD = 403, 405
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Row:
    """One address: who may open it (`anybody`, or the first letters of the roles), and by which methods.

    `words` is "words" where customers' words or names may stand on the page, and empty elsewhere.
    """

    who: str
    methods: tuple[str, ...]
    words: str

    def opens_to(self, role: Role) -> bool:
        """Whether somebody with this role alone comes in."""
        return self.who == "anybody" or role[0] in self.who


@cache
def matrix() -> dict[str, Row]:
    """Return what the matrix says of every address."""
    with (Path(__file__).parent / "permissions.tsv").open(encoding="utf-8") as file:
        return {
            row["address"]: Row(row["who"], tuple(row["methods"].split()), row["words"] or "")
            for row in csv.DictReader(file, delimiter="\t")
        }


def ours() -> dict[str, object]:
    """Return our own views; those of signing in are allauth's and open by nature."""
    return {path: view for path, view in addresses() if not view.__module__.startswith(("allauth", "django"))}


def signed_in(client: Client, *roles: Role) -> Client:
    client.force_login(Colleague.objects.create_user("x@example.fi", name="X", roles=roles))
    return client


def test_every_address_is_in_the_matrix_and_nothing_else() -> None:
    assert sorted(matrix()) == sorted(ours())


def test_views_say_the_same_as_the_matrix() -> None:
    said = {
        path: ("anybody", "")
        if getattr(view, "public", False)
        else (
            "".join(sorted(role[0] for role in getattr(view, "roles", ()))),
            "words" if getattr(view, "words", False) else "",
        )
        for path, view in ours().items()
    }
    assert said == {path: (row.who, row.words) for path, row in matrix().items()}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_pages_and_no_others(client: Client, role: Role) -> None:
    signed_in(client, role)
    wrong = []
    for path, row in matrix().items():
        statuses = {client.get(path).status_code, client.post(path).status_code}
        if (REFUSED in statuses) == row.opens_to(role):
            wrong.append((path, row.who, statuses))
        if path.startswith("/language"):
            client.cookies.pop("kalevi_language", None)
    assert wrong == []


def test_every_address_takes_its_methods_and_no_others(client: Client) -> None:
    signed_in(client, *Role)
    wrong = []
    for path, row in matrix().items():
        taken = tuple(
            method for method in METHODS if client.generic(method, path).status_code != WRONG_METHOD
        )
        if taken != row.methods:
            wrong.append((path, " ".join(taken)))
        if path.startswith("/language"):
            client.cookies.pop("kalevi_language", None)
    assert wrong == []


def test_no_other_method_gets_past_the_roles(client: Client) -> None:
    signed_in(client, Role.BOARD)
    wrong = []
    for path, row in matrix().items():
        if not row.opens_to(Role.BOARD):
            statuses = {client.generic(method, path).status_code for method in METHODS[2:]}
            if statuses - {REFUSED, WRONG_METHOD}:
                wrong.append((path, statuses))
    assert wrong == []


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    wrong = []
    for path, row in matrix().items():
        for method in METHODS if row.who != "anybody" else ():
            answer = client.generic(method, path)
            asked = answer.headers.get("Location", "").startswith("/account/login/")
            if answer.status_code != WRONG_METHOD and not asked:
                wrong.append((path, method, answer.status_code))
    assert wrong == []


def test_an_administrator_among_others_is_asked_why_before_words(client: Client) -> None:
    Colleague.objects.create_user("y@example.fi", "kolme tavallista sanaa", name="Y", role=Role.FRONTLINE)
    signed_in(client, Role.ADMINISTRATOR)
    wrong = []
    for path, row in matrix().items():
        if "a" not in row.who or row.who == "anybody":
            continue
        for method in row.methods:
            answer = client.generic(method, path)
            asked = answer.headers.get("Location", "").startswith("/settings/reason/?next=")
            if asked != bool(row.words):
                wrong.append((path, method, answer.status_code))
    assert wrong == []


def test_every_page_with_words_has_a_name_for_the_list_of_looks() -> None:
    guarded = {path for path, row in matrix().items() if row.words and "GET" in row.methods}
    named = {path: name_of(resolve(path).url_name or "") for path in guarded}
    assert [path for path, name in sorted(named.items()) if not name] == []
