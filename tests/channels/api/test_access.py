"""Tokens: shown once, kept as a digest, with scopes and an end; and how often one may ask."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kalevi.audit.models import Entry
from kalevi.channels.api.models import Token
from kalevi.channels.api.scopes import SCOPES
from kalevi.people.models import Colleague
from kalevi.shell.buckets import Buckets
from kalevi.shell.roles import Role
from tests.channels.api.conftest import Caller, make_token

pytestmark = pytest.mark.django_db


def kind(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["type"].rpartition("#")[2]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(Colleague.objects.create_user("a@example.fi", name="A", role=Role.ADMINISTRATOR))
    return client


def test_a_token_is_made_once_and_kept_as_a_digest(administrator: Client) -> None:
    made = administrator.post(
        "/settings/api/",
        {"name": "Shop", "source": "Shop", "scopes": ["interactions:write"], "lasts": "90"},
    )
    text = made.content.decode().split("readonly>")[1].split("<")[0]
    token = Token.objects.get()
    assert (token.source, token.scopes, token.hint) == ("shop", ["interactions:write"], text[-4:])
    assert text not in str(Token.objects.values().get())
    assert text not in administrator.get("/settings/api/").content.decode()
    assert Entry.objects.get(action="api.make_token").subject == f"token:{token.pk}"
    assert Caller(text).post("/interactions", {"words": "Hei"}).status_code == 202
    assert kind(Caller(text).get("/interactions")) == (403, "not-allowed")
    assert Token.objects.get().last_used_at is not None
    administrator.post(f"/settings/api/{token.pk}/end/")
    assert kind(Caller(text).post("/interactions", {"words": "Hei"})) == (401, "no-token")


def test_every_operation_needs_its_scope() -> None:
    from kalevi.channels.api.reference import scopes
    from kalevi.channels.api.service import description

    make_token(secret="none")
    Token.objects.update(scopes=[])
    found = scopes()
    for path, methods in description()["paths"].items():
        for method in methods:
            assert found[path.removeprefix("/api/v1"), method] in SCOPES
            answer = Caller("none")(
                method.upper(), path.removeprefix("/api/v1").replace("{", "").replace("}", "")
            )
            assert kind(answer) == (403, "not-allowed"), path


def test_an_ended_or_unknown_token_opens_nothing(client: Client) -> None:
    make_token(secret="old")
    Token.objects.update(
        made_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(seconds=1)
    )
    for secret in ("old", "unknown", "", "\x00", "ä" * 3000):
        assert kind(Caller(secret).get("/interactions")) == (401, "no-token")
    anonymous = client.get("/api/v1/interactions")
    assert anonymous["WWW-Authenticate"] == "Bearer"
    client.force_login(Colleague.objects.create_user("a@example.fi", name="A", role=Role.ADMINISTRATOR))
    assert client.get("/api/v1/interactions").status_code == 401


def test_too_many_requests_wait(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kalevi.channels.api.auth.PER_TOKEN", Buckets(burst=3, a_second=0.1))
    answers = [call.post("/interactions", {"words": f"Hei {n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[3]["Retry-After"] == "10"


def test_guessing_tokens_ends_soon(client: Client) -> None:
    answers = [Caller(f"guess{n}").get("/interactions").status_code for n in range(22)]
    assert answers == [401] * 20 + [429] * 2


def test_pages_of_settings_ask_the_same_for_one_and_for_three(
    administrator: Client, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            administrator.get("/settings/api/")
        return len(caught)

    make_token(secret="1")
    one = queries()
    make_token(secret="2")
    make_token(secret="3")
    assert queries() == one


def test_the_reference_is_public_and_speaks_three_languages(client: Client) -> None:
    described = json.loads(client.get("/api/v1/openapi.json").content)
    assert described["openapi"] == "3.1.0"
    for language, title in (
        ("fi", "Rajapinnan kuvaus"),
        ("sv", "API:ets referens"),
        ("en", "The reference of the API"),
    ):
        page = client.get("/api/v1/docs", headers={"Accept-Language": language}).content.decode()
        assert f"<h1>{title}</h1>" in page
        assert "/api/v1/contacts/{contact_id}/erasure" in page
