"""Words that arrive by a channel of the tests, and how many of any the search index holds."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from kalevi.interactions import told
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Intake
from kalevi.interactions.told import Told, Understood
from kalevi.interactions.understanding import understand
from kalevi.text import Reader

SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def _interpret(rows: Sequence[Intake]) -> list[Understood]:
    return [Understood((Told(SAID, bytes(row.raw or b"").decode()),)) for row in rows]


def arrive(monkeypatch: pytest.MonkeyPatch, reader: Reader, *texts: str) -> None:
    monkeypatch.setitem(told._interpreters, "test", _interpret)
    arrivals = [Arrival(digest(raw), digest(raw), raw) for raw in (text.encode() for text in texts)]
    with transaction.atomic():
        receive(source="test", scope="test", arrivals=arrivals, at=SAID)
    understand(reader=reader, source="test")


def indexed() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM interactions_search")
        else:
            anything = "'a* OR s* OR k* OR l* OR v*'"
            cursor.execute(
                f"SELECT count(*) FROM interactions_search WHERE interactions_search MATCH {anything}"
            )
        found: int = cursor.fetchone()[0]
    return found
