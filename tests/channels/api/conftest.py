"""A caller of the API with a token, as another system has it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kalevi.channels.api import limits
from kalevi.channels.api.auth import digest
from kalevi.channels.api.models import Token
from kalevi.channels.api.scopes import SCOPES
from kalevi.channels.api.understanding import understand_all

SECRET = "kalevi_test_" + "x" * 32


def make_token(*scopes: str, secret: str = SECRET, source: str = "shop", **fields: Any) -> Token:
    return Token.objects.create(
        name="Web shop",
        source=source,
        digest=digest(secret),
        hint=secret[-4:],
        scopes=list(scopes or SCOPES),
        made_at=timezone.now(),
        **fields,
    )


class Caller:
    """Calls as another system does."""

    def __init__(self, secret: str = SECRET) -> None:
        self.client = Client()
        self.secret = secret

    def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        language: str = "en",
        content_type: str = "application/json",
        query: dict[str, Any] | None = None,
    ) -> Any:
        headers = {"Authorization": f"Bearer {self.secret}", "Accept-Language": language}
        if key is not None:
            headers["Idempotency-Key"] = key
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method, f"/api/v1{path}", raw, content_type, headers=headers, query_params=query
        )

    def post(self, path: str, body: Any, **more: Any) -> Any:
        return self("POST", path, body, **more)

    def get(self, path: str, **query: Any) -> Any:
        return self("GET", path, query=query)


@pytest.fixture(autouse=True)
def full_buckets() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


@pytest.fixture
def call(db: None) -> Caller:
    make_token()
    return Caller()


@pytest.fixture
def understood() -> Callable[[], None]:
    """Understand what waits, as the worker does."""

    def understand() -> None:
        understand_all()

    return understand
