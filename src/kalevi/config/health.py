"""What is wrong with an installation, each finding with the key of how to mend it."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kalevi.config import environment


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: the key of its text, whether it is well, and a number or name to tell."""

    key: str
    well: bool
    detail: str = ""


def findings() -> Iterator[Finding]:
    """Look at everything, in the order in which it should be mended."""
    for check in _CHECKS:
        try:
            yield from check()
        except Exception as error:
            yield Finding(check.__name__.lstrip("_"), False, type(error).__name__)


def _python() -> Iterator[Finding]:
    yield Finding("python", sys.version_info >= (3, 11), sys.version.split()[0])


def _home() -> Iterator[Finding]:
    home = environment.home()
    mode = stat.S_IMODE(home.stat().st_mode)
    yield Finding("home_private", mode == 0o700, oct(mode)[2:])
    yield Finding("home_writable", os.access(home, os.W_OK))
    free = shutil.disk_usage(home).free
    yield Finding("disk_space", free > 500_000_000, f"{free / 1e9:.1f} GB")


def _sqlite() -> Iterator[Finding]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        version = cursor.fetchone()[0]
        yield Finding("sqlite_version", tuple(map(int, version.split("."))) >= (3, 51, 3), version)
        cursor.execute("PRAGMA synchronous")
        yield Finding("sqlite_durable", cursor.fetchone()[0] == 2)
        cursor.execute("PRAGMA quick_check(1)")
        yield Finding("database_whole", cursor.fetchone()[0] == "ok")


def _database() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding("migrated", not left, str(len(left)))


def _guards() -> Iterator[Finding]:
    from django.db import connection

    from kalevi.guards import frozen

    left = frozen.missing(connection)
    yield Finding("guards", not left, ", ".join(left[:3]))


def _audit() -> Iterator[Finding]:
    from kalevi.audit import anchor, chain

    place = chain.first_fault()
    yield Finding("audit_chain", place is None, "" if place is None else str(place))
    place = anchor.first_missing()
    yield Finding("audit_anchor", place is None, "" if place is None else str(place))


def _jobs() -> Iterator[Finding]:
    from kalevi.jobs.models import Job

    failed = Job.objects.filter(state=Job.State.FAILED).count()
    yield Finding("jobs_failed", failed == 0, str(failed))


def _intake() -> Iterator[Finding]:
    from kalevi.interactions.models import Intake

    rejected = Intake.objects.filter(state=Intake.State.REJECTED).count()
    yield Finding("intake_rejected", rejected == 0, str(rejected))


def _webhooks() -> Iterator[Finding]:
    from kalevi.webhooks.queries import disabled_count

    given_up = disabled_count()
    yield Finding("webhooks_arrive", given_up == 0, str(given_up))


def _reader() -> Iterator[Finding]:
    from kalevi.interactions.readers import company_reader

    reading = company_reader().read(["Kiitos, palvelu oli ystävällistä."])[0]
    yield Finding("reader", reading.language == "fi", f"{reading.model.name} {reading.model.version}")


def _administrator() -> Iterator[Finding]:
    from kalevi.config import installation

    yield Finding("administrator", installation.has_administrator())


_CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _python,
    _home,
    _database,
    _sqlite,
    _guards,
    _audit,
    _reader,
    _jobs,
    _intake,
    _webhooks,
    _administrator,
)
