"""Setting an installation up and bringing it up to date, safely to do again at every start."""

import fcntl
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kalevi import __version__
from kalevi.config import environment

logger = logging.getLogger(__name__)


def set_up_django() -> None:
    """Load Django with the settings of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kalevi.config.settings")
    import django

    django.setup()
    from kalevi.shell.logs import log_what_python_would_print

    log_what_python_would_print()


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time change the installation; others wait for it."""
    with (environment.home() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def bring_up_to_date() -> list[str]:
    """Back up when a newer version will change the tables, migrate, renew guards, collect static files.

    A restore that was killed is finished. Returns what was done, as keys: "created", "backed_up",
    "migrated", "guarded", "indexed", "erased_again", "collected". Raises OSError when no backup can be
    written.
    """
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from kalevi.config import backup
    from kalevi.guards import frozen
    from kalevi.interactions import search_index

    done: list[str] = []
    with alone():
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            if executor.loader.applied_migrations:
                backup.write(environment.home() / "backups" / backup.default_name("before-update"))
                done.append("backed_up")
            else:
                done.append("created")
            call_command("migrate", verbosity=0, interactive=False)
            done.append("migrated")
        if left := frozen.missing(connection):
            logger.warning("guards did not stand and are put up again: %s", ", ".join(left))
            with transaction.atomic():
                frozen.install(connection)
            done.append("guarded")
        if search_index.ensure_current():
            done.append("indexed")
        if backup.finish():
            done.append("erased_again")
        if _static_is_old():
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            (environment.home() / "static" / ".version").write_text(_static_version())
            done.append("collected")
        _make_company()
    return done


def _make_company() -> None:
    from kalevi.shell.models import Company

    Company.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Kalevi",
            "language": environment.language(),
            "time_zone": environment.time_zone(),
        },
    )


def _static_version() -> str:
    """Return what tells one set of static files from another: the version and the newest change."""
    package = Path(__file__).resolve().parent.parent
    files = [path for folder in package.rglob("static") for path in folder.rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime_ns for path in files), default=0)
    return f"{__version__} {sys.prefix} {len(files)} {newest}"


def _static_is_old() -> bool:
    stamp = environment.home() / "static" / ".version"
    return not stamp.exists() or stamp.read_text() != _static_version()


def has_administrator() -> bool:
    """Whether somebody who may sign in is an administrator."""
    from kalevi.people.models import Colleague
    from kalevi.shell.roles import ADMINISTRATORS

    administrators = Colleague.objects.here(ADMINISTRATORS)
    return any(colleague.has_usable_password() for colleague in administrators)


def first_administrator_link() -> str | None:
    """Return the path of a one-time link for the first administrator; None when there is one already."""
    from kalevi.people.actions.colleagues import invite_first

    return None if has_administrator() else invite_first()
