"""Guards as PostgreSQL triggers, each with a function of its own."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from kalevi.guards.frozen import Frozen


def _trigger(name: str, table: str, event: str, each: str, condition: str, result: str, what: str) -> str:
    refuse = (
        f"RAISE EXCEPTION 'kalevi guard: {table} is kept as written: {what}' "
        "USING ERRCODE = 'integrity_constraint_violation';"
    )
    body = f"BEGIN IF {condition} THEN {refuse} END IF; RETURN {result}; END"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$; "
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {name}(); "
        # A replication role leaves an ALWAYS trigger firing. The table's owner can still disable it:
        # `standing` sees that.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"
    )


def triggers(table: Frozen) -> dict[str, str]:
    """Return the statements that create the guards of one table, by trigger name."""
    name = table.table
    deletable = f"NOT ({table.deletable_when})" if table.deletable_when else "TRUE"
    refused = table.insert_refused_when or ""
    late = {
        f"guard_{name}_late": _trigger(
            f"guard_{name}_late", name, "INSERT", "ROW", refused, "NEW", "no addition"
        )
    }
    return (late if refused else {}) | {
        f"guard_{name}_update": _trigger(
            f"guard_{name}_update", name, "UPDATE", "ROW", table.change_refused(), "NEW", "no change"
        ),
        f"guard_{name}_delete": _trigger(
            f"guard_{name}_delete", name, "DELETE", "ROW", deletable, "OLD", "no deletion"
        ),
        f"guard_{name}_truncate": _trigger(
            f"guard_{name}_truncate", name, "TRUNCATE", "STATEMENT", "TRUE", "NULL", "no truncation"
        ),
    }


def _digest(body: str, definition: str) -> str:
    return hashlib.sha256(f"{body}\n{' '.join(definition.split())}".encode()).hexdigest()


def in_the_way(cursor: CursorWrapper) -> list[str]:
    """Return no statement: PostgreSQL alters a table in its place, guards and all."""
    return []


def fingerprint(statement: str) -> str:
    """Return what `standing` shows for this statement: a digest of the function's body and the trigger."""
    _before, body, rest = statement.split("$guard$")
    return _digest(body, rest.split("; ")[1].replace("OR REPLACE ", ""))


def standing(cursor: CursorWrapper) -> dict[str, str]:
    """Return the guards in the database that fire always: digests of body and trigger by trigger name."""
    cursor.execute(
        "SELECT t.tgname, p.prosrc, pg_get_triggerdef(t.oid, true)"
        " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE t.tgname LIKE 'guard\\_%' AND t.tgenabled = 'A'"
    )
    return {name: _digest(body, definition) for name, body, definition in cursor.fetchall()}


def replacing(name: str, table: str, statement: str) -> list[str]:
    """Return the statements that put a guard up, over an older one if there is one."""
    return [statement]


def dropping(name: str, table: str) -> str:
    """Return the statement that takes a guard down."""
    return f"DROP TRIGGER IF EXISTS {name} ON {table}"
