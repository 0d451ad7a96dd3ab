"""Guards as SQLite triggers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

    from kalevi.guards.frozen import Frozen


def _refuse(table: str, what: str) -> str:
    return f"SELECT RAISE(ABORT, 'kalevi guard: {table} is kept as written: {what}');"


def _same(name: str, columns: tuple[str, ...]) -> str:
    condition = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f"SELECT 1 FROM {name} WHERE {condition}"  # noqa: S608  our own names


def triggers(table: Frozen) -> dict[str, str]:
    """Return the statements that create the guards of one table, by trigger name."""
    name = table.table
    # REPLACE deletes the old row, where recursive_triggers is off without firing DELETE triggers, so an
    # insert or update that meets another row is itself refused.
    existing = " OR ".join(f"EXISTS ({_same(name, columns)})" for columns in table.unique)
    movable = [columns for columns in table.unique if not set(columns) <= set(table.columns)]
    met = "".join(f" OR EXISTS ({_same(name, columns)} AND id <> OLD.id)" for columns in movable)
    deletable = f" WHEN NOT ({table.deletable_when})" if table.deletable_when else ""
    late = {
        f"guard_{name}_late": (
            f"CREATE TRIGGER guard_{name}_late BEFORE INSERT ON {name} WHEN {table.insert_refused_when} "
            f"BEGIN {_refuse(name, 'no addition')} END"
        )
    }
    return (late if table.insert_refused_when else {}) | {
        f"guard_{name}_update": (
            f"CREATE TRIGGER guard_{name}_update BEFORE UPDATE ON {name} WHEN {table.change_refused()}{met} "
            f"BEGIN {_refuse(name, 'no change')} END"
        ),
        f"guard_{name}_insert": (
            f"CREATE TRIGGER guard_{name}_insert BEFORE INSERT ON {name} WHEN {existing} "
            f"BEGIN {_refuse(name, 'no replacement')} END"
        ),
        f"guard_{name}_delete": (
            f"CREATE TRIGGER guard_{name}_delete BEFORE DELETE ON {name}{deletable} "
            f"BEGIN {_refuse(name, 'no deletion')} END"
        ),
    }


def in_the_way(cursor: CursorWrapper) -> list[str]:
    """Return the statements that take down guards which look into other tables than their own.

    While one of them names a table, SQLite refuses the renaming by which Django rebuilds that table.
    """
    cursor.execute(
        "SELECT name, tbl_name, sql FROM sqlite_master"
        " WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
    )
    return [
        dropping(name, table)
        for name, table, statement in cursor.fetchall()
        if set(re.findall(r"\bFROM (\w+)", statement)) - {table}
    ]


def fingerprint(statement: str) -> str:
    """Return what `standing` shows for this statement."""
    return statement


def standing(cursor: CursorWrapper) -> dict[str, str]:
    """Return the guards in the database: their statements by trigger name."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
    )
    return dict(cursor.fetchall())


def replacing(name: str, table: str, statement: str) -> list[str]:
    """Return the statements that put a guard up, over an older one if there is one."""
    return [dropping(name, table), statement]


def dropping(name: str, table: str) -> str:
    """Return the statement that takes a guard down; `table` is not needed on SQLite."""
    return f"DROP TRIGGER IF EXISTS {name}"
