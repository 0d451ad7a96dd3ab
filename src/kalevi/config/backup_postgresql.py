"""PostgreSQL's half of a backup: every table of ours in its COPY form, as of one moment."""

from collections.abc import Mapping
from pathlib import Path

from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.backends.utils import CursorWrapper

from kalevi.config.backup_refused import RestoreRefusedError
from kalevi.guards import frozen


def fits(work: Path, migrations: set[tuple[str, str]]) -> None:
    """Raise RestoreRefusedError unless an unpacked archive holds every table, and nobody else needs them."""
    if {path.name for path in work.glob("tables/*")} != {f"{name}.copy" for name in _tables()}:
        raise RestoreRefusedError("not_a_backup")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND confrelid::regclass::text = ANY(%s)"
            " AND conrelid::regclass::text <> ALL(%s)",
            [_tables(), _tables()],
        )
        if cursor.fetchone():
            raise RestoreRefusedError("others_refer")


def go_on_after(given: Mapping[str, int]) -> None:
    """Give out only ids above these, by table."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, last in given.items():
            _go_on(cursor, name, last)


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    ours = {model._meta.db_table for model in models if model._meta.managed}
    present = set(connection.introspection.table_names())
    return sorted(ours & present | {"interactions_search", "django_migrations"})


def copied(folder: Path) -> list[tuple[str, Path]]:
    """Copy every table as of one moment; return the names in the archive with their files."""
    files = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for name in _tables():
            path = folder / f"{name}.copy"
            with path.open("wb") as file, cursor.cursor.copy(f'COPY "{name}" TO STDOUT') as copy:
                for block in copy:
                    file.write(block)
            files.append((f"tables/{name}.copy", path))
    return files


def put(work: Path) -> None:
    """Fill the tables anew in one transaction: guards down, emptied, filled, sequences set, guards up.

    Foreign keys are deferred and looked at in the end, which needs no rights but an owner's.
    """
    names, folder = _tables(), work / "tables"
    try:
        with connection.wrap_database_errors, transaction.atomic(), connection.cursor() as cursor:
            frozen.remove(connection)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in names))
            for name in names:
                with (
                    (folder / f"{name}.copy").open("rb") as file,
                    cursor.cursor.copy(f'COPY "{name}" FROM STDIN') as copy,
                ):
                    while block := file.read(1 << 20):
                        copy.write(block)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name in names:
                _go_on(cursor, name)
            frozen.install(connection)
    except DatabaseError as error:
        raise RestoreRefusedError("not_a_backup") from error


def _go_on(cursor: CursorWrapper, name: str, last: int = 0) -> None:
    cursor.execute(
        "SELECT pg_get_serial_sequence(%s, attname) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attname = 'id'",
        [f'"{name}"', f'"{name}"'],
    )
    found = cursor.fetchone()
    if found and found[0]:
        # Our own names. As on SQLite, an id that was given out is not given out again.
        highest = f'SELECT coalesce(max(id), 0) + 1 FROM "{name}"'  # noqa: S608
        given = f"SELECT last_value + is_called::int FROM {found[0]}"  # noqa: S608
        cursor.execute(f"SELECT setval(%s, greatest(({highest}), ({given}), %s), false)", [*found, last + 1])
