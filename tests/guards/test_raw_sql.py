"""Raw SQL of every kind: what was told stays as told, and is erased only while an erasure is open."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.audit.models import Entry
from kalevi.guards import frozen
from kalevi.interactions.models import Intake, Interaction, SelfFeeling
from kalevi.people.models import Erasure, Reason

pytestmark = pytest.mark.django_db
SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
NUMBER = 7


def refused(*statements: str) -> bool:
    """Whether the database refuses one of some statements."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:
        return True
    return False


def erasure(**more: Any) -> Erasure:
    return Erasure.objects.create(at=SAID, reason=Reason.REQUEST, **more)


@pytest.fixture
def said() -> Interaction:
    intake = Intake.objects.create(
        source="test", scope="test", identity=b"1", content=b"1", raw=b"raw", received_at=SAID, state=1
    )
    interaction = Interaction.objects.create(
        pk=NUMBER,
        channel="counter",
        kind="encounter",
        verbatim="Kiitos!",
        occurred_at=SAID,
        received_at=SAID,
        source="test",
        reference="r",
        intake=intake,
        told_by_colleague_id=3,
        score_kind="nps",
        score=9,
        score_low=0,
        score_high=10,
        expectation="e",
        outcome="better",
    )
    SelfFeeling.objects.create(interaction=interaction, words="ilo", strength=2, reported_at=SAID)
    return interaction


def test_every_column_but_the_contact_stays(said: Interaction) -> None:
    free = {"contact_id", "erasure_id"}
    for field in Interaction._meta.concrete_fields:
        if field.column not in free:
            told = getattr(said, field.attname) is not None
            for value in ("987", "'2001-01-01 00:00:00'", *(["NULL"] if told else [])):
                assert refused(f"UPDATE interactions_interaction SET {field.column} = {value}"), field.column
    for field in SelfFeeling._meta.concrete_fields:
        if field.column != "erasure_id":
            assert refused(f"UPDATE interactions_selffeeling SET {field.column} = NULL"), field.column
    assert refused("UPDATE interactions_selffeeling SET words = 'suru'")
    assert refused("UPDATE interactions_selffeeling SET strength = 3")


def test_upsert_is_refused(said: Interaction) -> None:
    row = (
        f"({NUMBER}, 'counter', 'encounter', false, 'other', '', '2001-01-01', '2001-01-01', 't',"
        f" {said.intake_id}, '', '')"
    )
    assert refused(
        "INSERT INTO interactions_interaction (id, channel, kind, outbound, verbatim, language, occurred_at,"
        f" received_at, source, intake_id, score_kind, outcome) VALUES {row}"
        " ON CONFLICT (id) DO UPDATE SET verbatim = excluded.verbatim"
    )
    assert Interaction.objects.get().verbatim == "Kiitos!"


def test_words_go_under_an_open_erasure(said: Interaction) -> None:
    gone = "verbatim = NULL, expectation = NULL, reference = NULL"
    assert refused(f"UPDATE interactions_interaction SET {gone}")
    number = erasure().pk
    assert refused(f"UPDATE interactions_interaction SET verbatim = NULL, erasure_id = {number}")
    assert not refused(f"UPDATE interactions_interaction SET {gone}, erasure_id = {number}")
    assert refused("UPDATE interactions_interaction SET verbatim = 'Kiitos!'")
    assert refused("UPDATE interactions_interaction SET erasure_id = NULL")


def test_no_words_go_under_an_erasure_that_has_ended(said: Interaction) -> None:
    number = erasure(finished_at=timezone.now()).pk
    for table, gone in (
        ("interactions_interaction", "verbatim = NULL, expectation = NULL, reference = NULL"),
        ("interactions_selffeeling", "words = NULL"),
        ("interactions_intake", "raw = NULL"),
    ):
        assert refused(f"UPDATE {table} SET {gone}, erasure_id = {number}"), table
    assert refused(f"UPDATE people_erasure SET finished_at = NULL WHERE id = {number}")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("pragma", ["ON", "OFF"])
def test_nothing_is_replaced_on_sqlite(said: Interaction, pragma: str) -> None:
    for _each in range(2):
        record(action="test.act", actor_id=None)
    first, second = Entry.objects.order_by("pk").values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_entry SET place = 1, digest = 'a' WHERE id = {first}")
        cursor.execute(f"PRAGMA recursive_triggers = {pragma}")
    try:
        assert refused(
            "INSERT OR REPLACE INTO audit_entry (at, action, subject, details, place, digest)"
            " VALUES ('2001-01-01', 'x', '', '{}', 1, 'x')"
        )
        assert refused(f"UPDATE OR REPLACE audit_entry SET place = 1, digest = 'x' WHERE id = {second}")
        assert refused(
            "INSERT OR REPLACE INTO interactions_intake (source, scope, identity, content, raw, received_at,"
            " state, reason) SELECT source, scope, identity, content, 'x', received_at, state, reason"
            " FROM interactions_intake"
        )
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")
    assert list(Entry.objects.order_by("pk").values_list("pk", flat=True)) == [first, second]
    assert bytes(Intake.objects.get().raw or b"") == b"raw"


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_nothing_is_replaced_on_postgresql(said: Interaction) -> None:
    assert refused("WITH gone AS (DELETE FROM interactions_selffeeling RETURNING *) SELECT * FROM gone")
    assert refused(
        "MERGE INTO interactions_interaction i USING (SELECT 1) s ON i.id = 7"
        " WHEN MATCHED THEN UPDATE SET verbatim = 'other'"
    )
    assert refused("TRUNCATE people_contact CASCADE")
    assert refused("SET LOCAL session_replication_role = replica", "DELETE FROM interactions_selffeeling")


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE audit_entry ENABLE REPLICA TRIGGER guard_audit_entry_update",
        (
            "CREATE OR REPLACE TRIGGER guard_audit_entry_update BEFORE UPDATE ON audit_entry"
            " FOR EACH ROW WHEN (false) EXECUTE FUNCTION guard_audit_entry_update();"
            " ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER guard_audit_entry_update"
        ),
        (
            "CREATE OR REPLACE TRIGGER guard_audit_entry_update BEFORE UPDATE OF place ON audit_entry"
            " FOR EACH ROW EXECUTE FUNCTION guard_audit_entry_update();"
            " ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER guard_audit_entry_update"
        ),
    ],
)
def test_a_guard_that_does_not_bite_is_noticed_on_postgresql(statement: str) -> None:
    assert not refused(statement)
    assert "guard_audit_entry_update" in frozen.missing(connection)
    frozen.install(connection)
    assert frozen.missing(connection) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_guard_that_does_not_bite_is_noticed_on_sqlite() -> None:
    assert not refused(
        "DROP TRIGGER guard_audit_entry_update",
        "CREATE TRIGGER guard_audit_entry_update BEFORE UPDATE ON audit_entry BEGIN SELECT 1; END",
    )
    assert frozen.missing(connection) == ["guard_audit_entry_update"]
    frozen.install(connection)
    assert frozen.missing(connection) == []
