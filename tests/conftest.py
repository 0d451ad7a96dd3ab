"""What every test may use, and what none may do: the network is closed but for loopback."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from hypothesis import HealthCheck, settings

from kalevi.guards import frozen

SHARED = Path(__file__).resolve().parents[2] / "shared"
_connect = socket.socket.connect
# A busy machine is no fault of an example; and what CI refuses, everybody can see refused.
settings.register_profile(
    "kalevi", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kalevi")


def _turn_what_has_no_order(sender: Any, connection: Any, **_kwargs: Any) -> None:
    """Give rows that nobody ordered the other way round: PostgreSQL promises no order either."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA reverse_unordered_selects = ON")


connection_created.connect(_turn_what_has_no_order)


def _connect_here(self: socket.socket, address: Any) -> Any:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
        "127.0.0.1",
        "::1",
        "localhost",
    ):
        raise AssertionError("tests may not reach the network")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    monkeypatch.setattr(socket.socket, "connect", _connect_here)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> Iterator[None]:
    """Forget what a process keeps of rows, since the next test's rows have the same numbers."""
    yield
    for name, forget in (("interpreting", "forget_versions"), ("live", "forget")):
        if module := sys.modules.get(f"kalevi.channels.survey.{name}"):
            getattr(module, forget)()


@pytest.fixture
def shared() -> Path:
    """The folder of real text beside the checkout; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder `shared` beside the checkout")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def flush_despite_guards() -> Iterator[None]:
    """Let the clean-up after transactional tests empty what they filled, guarded or not, and nothing more.

    What Django makes once for all models stays, so that nothing needs to be made again after each test.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr(type(connection.ops), "execute_sql_flush", lambda _self, _statements: _empty_tables())
    patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_a, **_k: None)
    yield
    patch.undo()


MADE_FOR_MODELS = {"django_migrations", "django_content_type", "auth_permission", "django_site"}


def _empty_tables() -> None:
    """Delete every row, in the search index too, of which Django knows nothing."""
    tables = set(connection.introspection.table_names()) - MADE_FOR_MODELS
    if connection.vendor == "sqlite":
        # Its own tables, which it alone may touch; and itself, which cannot be asked what is in it.
        tables = {name for name in tables if not f"{name}_".startswith("interactions_search_")}
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        filled = sorted(name for (name,) in cursor.fetchall())
        guarded = [table for table in frozen.declared() if table.table in filled]
        frozen.remove(connection, guarded)
        with transaction.atomic():
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA defer_foreign_keys = ON")
                cursor.execute("INSERT INTO interactions_search(interactions_search) VALUES ('delete-all')")
            else:
                cursor.execute("SET LOCAL session_replication_role = replica")
            for name in filled:
                cursor.execute(f"DELETE FROM {name}")
        frozen.install(connection, guarded)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the database, and end what a cut-off request left open: PostgreSQL drops none that is in use."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()


@pytest.fixture(scope="session")
def on_postgresql() -> bool:
    """Whether this run uses PostgreSQL."""
    return bool(os.environ.get("KALEVI_DATABASE_URL"))
