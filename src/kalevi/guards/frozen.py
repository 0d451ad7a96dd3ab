"""Tables that the database itself keeps as they were written.

A room declares what must never change; triggers on SQLite and PostgreSQL refuse it, whoever asks:
staff, an administrator, a script with raw SQL. `install` is run after every migration, because
Django's table rebuild on SQLite drops triggers without a word; `missing` says what does not stand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from kalevi.guards import postgresql, sqlite

# An erasure that has ended takes nothing more with it.
_OPEN_ERASURE = (
    "EXISTS (SELECT 1 FROM people_erasure e WHERE e.id = NEW.erasure_id AND e.finished_at IS NULL)"
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What may not change in one table.

    `columns` never change. `erasable` columns may become NULL, together with the `erasure_id` of an erasure
    that is open, and never without one. `write_once` columns may go from NULL to a value, and then stay.
    `unique` names every set of columns that is unique in the table: no other row may be replaced by way of
    it. Rows are never deleted unless `deletable_when` (an SQL condition over OLD) holds, and none is added
    while `insert_refused_when` (over NEW) does.
    """

    table: str
    columns: tuple[str, ...]
    erasable: tuple[str, ...] = ()
    write_once: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = (("id",),)
    deletable_when: str | None = None
    insert_refused_when: str | None = None

    def change_refused(self) -> str:
        """Return the SQL condition, over OLD and NEW, under which an update is refused."""
        changed = [f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in self.columns]
        changed += [
            f"(NEW.{c} IS DISTINCT FROM OLD.{c} AND NOT (NEW.{c} IS NULL AND NEW.erasure_id IS NOT NULL))"
            for c in self.erasable
        ]
        if self.erasable:
            changed.append(f"(NEW.erasure_id IS DISTINCT FROM OLD.erasure_id AND NOT {_OPEN_ERASURE})")
        changed += [f"(OLD.{c} IS NOT NULL AND NEW.{c} IS DISTINCT FROM OLD.{c})" for c in self.write_once]
        return " OR ".join(changed)


_declared: dict[str, Frozen] = {}


def declare(*tables: Frozen) -> None:
    """Add tables to those the database guards."""
    for table in tables:
        _declared[table.table] = table


def declared() -> tuple[Frozen, ...]:
    """Return every guarded table, by name."""
    return tuple(_declared[name] for name in sorted(_declared))


def _present(connection: BaseDatabaseWrapper) -> list[Frozen]:
    existing = set(connection.introspection.table_names())
    return [table for table in declared() if table.table in existing]


def _dialect(connection: BaseDatabaseWrapper) -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite


def _statements(connection: BaseDatabaseWrapper, table: Frozen) -> dict[str, str]:
    found: dict[str, str] = _dialect(connection).triggers(table)
    return found


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of guards that do not stand in this database exactly as declared."""
    module = _dialect(connection)
    with connection.cursor() as cursor:
        standing = module.standing(cursor)
    wanted = {n: s for table in _present(connection) for n, s in _statements(connection, table).items()}
    return sorted(
        name for name, statement in wanted.items() if standing.get(name) != module.fingerprint(statement)
    )


def install(connection: BaseDatabaseWrapper, tables: Iterable[Frozen] | None = None) -> None:
    """Put up every declared guard whose table exists, or those of `tables`; what stands is renewed."""
    module = _dialect(connection)
    with connection.cursor() as cursor:
        for table in _present(connection) if tables is None else tables:
            for name, statement in _statements(connection, table).items():
                for line in module.replacing(name, table.table, statement):
                    cursor.execute(line)


def make_way(connection: BaseDatabaseWrapper) -> None:
    """Take down, until `install`, the guards that would keep a migration from rebuilding a table."""
    with connection.cursor() as cursor:
        for statement in _dialect(connection).in_the_way(cursor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, tables: Iterable[Frozen] | None = None) -> None:
    """Take the guards down. Only a test's clean-up and a restore may do this."""
    module = _dialect(connection)
    with connection.cursor() as cursor:
        for table in _present(connection) if tables is None else tables:
            for name in _statements(connection, table):
                cursor.execute(module.dropping(name, table.table))
