"""The chain shows what was altered or taken away."""

import pytest
from django.db import connection

from kalevi.audit import chain
from kalevi.audit.actions import record
from kalevi.audit.models import Entry
from kalevi.audit.tasks import extend_chain
from kalevi.guards import frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def chained() -> list[Entry]:
    for number in range(3):
        record(action="test.act", actor_id=1, subject=f"thing:{number}", reason="kept")
    assert extend_chain.call() == 3
    return list(Entry.objects.order_by("place"))


def test_chain_holds_and_goes_on(chained: list[Entry]) -> None:
    assert [entry.place for entry in chained] == [1, 2, 3]
    record(action="test.act", actor_id=None)
    assert extend_chain.call() == 1
    assert chain.first_fault() is None


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE audit_entry SET subject = 'thing:9' WHERE place = 2", 2),
        ("DELETE FROM audit_entry WHERE place = 1", 1),
        ("UPDATE audit_entry SET actor_id = 7 WHERE place = 3", 3),
    ],
)
def test_altered_or_missing_entry_shows(chained: list[Entry], statement: str, place: int) -> None:
    frozen.remove(connection, [t for t in frozen.declared() if t.table == "audit_entry"])
    with connection.cursor() as cursor:
        cursor.execute(statement)
    frozen.install(connection)
    assert chain.first_fault() == place
