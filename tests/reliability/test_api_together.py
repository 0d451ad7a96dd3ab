"""The same thing a hundred times from twenty threads: one row, and the same answer to everybody."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from kalevi.channels.api import limits
from kalevi.channels.api.auth import digest
from kalevi.channels.api.models import Reply, Token
from kalevi.channels.api.scopes import SCOPES
from kalevi.channels.api.understanding import understand_all
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Contact
from tests.reliability.api_client import ApiClient

pytestmark = [pytest.mark.reliability, pytest.mark.django_db(transaction=True)]
TIMES, THREADS = 100, 20


@pytest.fixture
def clients(live_server: Any) -> list[ApiClient]:
    limits.forget()
    Token.objects.create(
        name="T",
        source="shop",
        digest=digest("secret"),
        hint="cret",
        scopes=list(SCOPES),
        made_at=timezone.now(),
    )
    port = int(live_server.url.rpartition(":")[2])
    return [ApiClient(port, "secret", host="localhost") for _thread in range(THREADS)]


def together(clients: list[ApiClient], send: Callable[[ApiClient, int], Any]) -> list[Any]:
    def some(place: int) -> list[Any]:
        try:
            return [send(clients[place], number) for number in range(place, TIMES, THREADS)]
        finally:
            clients[place].close()
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as threads:
        return [one for part in threads.map(some, range(THREADS)) for one in part]


def test_the_same_key_makes_one_row_and_one_answer(clients: list[ApiClient]) -> None:
    body = {"words": "Kiitos!", "contact": {"email": "a@example.fi"}}
    answers = together(clients, lambda client, _n: client.post("/interactions", body, key="the same"))
    assert len({json.dumps(answer) for answer in answers}) == 1
    assert answers[0][0] == 202
    assert (len(answers), Intake.objects.count(), Reply.objects.count()) == (TIMES, 1, 1)
    understand_all()
    assert str(Interaction.objects.get().pk) == answers[0][1]["id"]


def test_the_same_id_makes_one_row_and_one_id(clients: list[ApiClient]) -> None:
    body = {"id": "r-1", "words": "Kiitos!"}
    answers = together(clients, lambda client, _n: client.post("/interactions", body))
    assert {status for status, _told in answers} == {202}
    assert len({told["id"] for _status, told in answers}) == 1
    assert sorted(told["status"] for _status, told in answers) == ["known"] * (TIMES - 1) + ["stored"]
    assert Intake.objects.count() == 1


def test_batches_that_overlap_store_each_thing_once(clients: list[ApiClient]) -> None:
    def send(client: ApiClient, number: int) -> Any:
        many = [{"id": f"r{n}", "words": f"Kiitos {n}"} for n in range(number % 7, number % 7 + 20)]
        many = many[:: 1 if number % 2 else -1]
        answer: Any = client.post("/interactions/many", many)
        # PostgreSQL ends one of two that wait for each other; whoever is told 503 sends the same again.
        for _again in range(20):
            if answer[0] != 503:
                break
            answer = client.post("/interactions/many", many)
        return answer

    answers = together(clients, send)
    assert {status for status, _told in answers} == {202}
    assert sum(told["stored"] for _status, told in answers) == Intake.objects.count() == 26


def test_a_customer_sent_by_many_at_once_is_one(clients: list[ApiClient]) -> None:
    answers = together(
        clients, lambda client, n: client.post("/contacts", {"external_id": "c1", "name": f"Aino {n}"})
    )
    assert {status for status, _told in answers} <= {200, 201}
    assert len({told["id"] for _status, told in answers}) == 1
    assert Contact.objects.count() == 1
