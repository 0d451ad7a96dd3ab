"""Words a reader failed on are read by the schedule, and can be erased whole after."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from kalevi.interactions import told, unread
from kalevi.interactions.erasing import erase_interactions
from kalevi.interactions.findings import code
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Found, Intake, Interaction, Reading
from kalevi.interactions.tasks import read_unread
from kalevi.interactions.told import Told, Understood
from kalevi.interactions.understanding import understand
from kalevi.people.models import Erasure, Reason
from kalevi.text import Reader
from kalevi.text.listed import Listed

pytestmark = pytest.mark.django_db
SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
WORDS = "Salasanaonni vei kultaiset laiturit."


class Failing(Reader):
    """A reader that cannot read."""

    def listed(self, *args: object, **kwargs: object) -> Listed:
        raise ValueError


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    return [Understood((Told(SAID, bytes(row.raw or b"").decode()),)) for row in rows]


def arrive(monkeypatch: pytest.MonkeyPatch, *texts: str) -> None:
    monkeypatch.setitem(told._interpreters, "test", interpret)
    raws = [text.encode() for text in texts]
    with transaction.atomic():
        arrivals = [Arrival(digest(raw), digest(raw), raw) for raw in raws]
        receive(source="test", scope="test", arrivals=arrivals, at=SAID)
    understand(reader=Failing(), source="test")


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


def test_words_without_a_reading_are_read_by_the_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "BATCH", 2)
    arrive(monkeypatch, WORDS, "Hyvää palvelua.", "Kiitos avusta.")
    assert Reading.objects.count() == 0
    assert read_unread.call() == 3
    assert set(Reading.objects.values_list("language", flat=True)) == {"fi"}
    assert code("language", "und") not in Found.objects.values_list("code", flat=True)
    assert read_unread.call() == 0


def test_what_still_cannot_be_read_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(monkeypatch, WORDS)
    monkeypatch.setattr("kalevi.interactions.tasks.default_reader", Failing)
    assert (read_unread.call(), Reading.objects.count()) == (0, 0)
    assert Found.objects.filter(code=code("language", "und")).count() == 1


def test_words_read_late_leave_the_index_when_they_are_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(monkeypatch, WORDS)
    read_unread.call()
    assert indexed() == 1
    erasure = Erasure.objects.create(at=SAID, reason=Reason.UNLAWFUL, subject="interaction:1")
    with transaction.atomic():
        erase_interactions([Interaction.objects.get().pk], erasure)
    assert indexed() == 0
