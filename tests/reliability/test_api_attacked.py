"""Whatever is sent to the API, it never fails, and what it acknowledges is stored."""

import json
from typing import Any

import pytest
from django.utils import timezone

from kalevi.channels.api.auth import digest
from kalevi.channels.api.models import Token
from kalevi.channels.api.scopes import SCOPES
from kalevi.channels.api.service import description
from kalevi.channels.api.understanding import something_waits, understand_all
from kalevi.interactions.models import Intake
from kalevi.shell.buckets import Buckets
from tests.reliability.attacking import attack

CASES = 300


@pytest.mark.reliability
@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore")
def test_attacked_api_never_fails_and_loses_nothing(
    live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = Buckets(burst=1e9, a_second=1e9)
    for name in ("PER_TOKEN", "PER_ADDRESS", "WRONG_TOKENS"):
        monkeypatch.setattr(f"kalevi.channels.api.auth.{name}", endless)
    Token.objects.create(
        name="T",
        source="x",
        digest=digest("secret"),
        hint="cret",
        scopes=list(SCOPES),
        made_at=timezone.now(),
    )
    described = json.loads(json.dumps(description()))
    found = attack(described, live_server.url, "secret", cases=CASES)
    assert found.faults == []
    assert found.cases > CASES / 2
    assert Intake.objects.count() == found.stored > 0
    understand_all()
    assert not something_waits()
