"""The database refuses to change what was told."""

import pytest
from django.db import DatabaseError, connection, transaction

from kalevi.audit.actions import record
from kalevi.audit.models import Entry
from kalevi.guards import frozen

pytestmark = pytest.mark.django_db


def refused(sql: str) -> bool:
    """Whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


def test_all_guards_stand_after_migration() -> None:
    assert frozen.missing(connection) == []
    assert "interactions_interaction" in {table.table for table in frozen.declared()}


def test_update_is_refused() -> None:
    entry = record(action="test.act", actor_id=None)
    assert refused("UPDATE audit_entry SET action = 'other'")
    assert Entry.objects.get(pk=entry.pk).action == "test.act"


def test_delete_is_refused() -> None:
    record(action="test.act", actor_id=None)
    assert refused("DELETE FROM audit_entry")
    assert Entry.objects.count() == 1


def test_write_once_column_is_written_once() -> None:
    record(action="test.act", actor_id=None)
    assert not refused("UPDATE audit_entry SET place = 1, digest = 'a'")
    assert refused("UPDATE audit_entry SET digest = 'b'")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("statement", ["INSERT OR REPLACE INTO", "REPLACE INTO"])
def test_replace_is_refused_on_sqlite(statement: str) -> None:
    entry = record(action="test.act", actor_id=None)
    assert refused(
        f"{statement} audit_entry (id, at, action, subject, details) VALUES ({entry.pk}, '', 'x', '', '{{}}')"
    )
    assert refused("UPDATE OR REPLACE audit_entry SET id = 7")


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_truncate_and_disabled_triggers_are_refused_on_postgresql() -> None:
    record(action="test.act", actor_id=None)
    assert refused("TRUNCATE audit_entry CASCADE")
    assert refused("SET LOCAL session_replication_role = replica; UPDATE audit_entry SET action = 'x'")


def test_missing_guard_is_noticed_and_put_up_again() -> None:
    table = next(table for table in frozen.declared() if table.table == "audit_entry")
    frozen.remove(connection, [table])
    assert "guard_audit_entry_update" in frozen.missing(connection)
    frozen.install(connection)
    assert frozen.missing(connection) == []
