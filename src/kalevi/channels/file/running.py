"""Running an import: rows into the intake log with everything they tell, then what was left waiting."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial

from django.db import IntegrityError, connection
from django.db.models import Count, Q
from django.utils import timezone

from kalevi.channels.file import uploads
from kalevi.channels.file.batches import Batch, Reading, batches
from kalevi.channels.file.helper import Helpers, cores, rarely_swept
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.interactions.intake import Ready, Received, receive_ready
from kalevi.interactions.models import Intake
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from kalevi.jobs import leases
from kalevi.jobs.models import Job
from kalevi.journeys.models import Touchpoint
from kalevi.shell.queries import company
from kalevi.tables import TableError
from kalevi.text import Reader

SOURCE = "file"
# SQLite has one writer: transactions are short, for others stand in the queue behind each. Yet every commit
# costs as much as a hundred rows: a row in 130 at once takes nearly twice what it takes in 1,000.
LONGEST, SMALLEST, LARGEST = 0.016, 200, 1_000
# So many pages of the log are copied back at a time, before anybody's commit would have to. It waits for the
# disk, and whoever commits meanwhile waits with it.
PAGES_LOGGED = 2_500
SMALL_FILE = 64 * 1024
MOST_HELPERS = 4
_REPORT_SECONDS = 0.5
_finish_listeners: list[Callable[[Import], None]] = []
_watchers: list[Callable[[int, int | None], None]] = []


def watch(watcher: Callable[[int, int | None], None]) -> None:
    """Tell somebody in this process how far an import has come: rows done, and rows in all where known."""
    _watchers.append(watcher)


def when_finished(listener: Callable[[Import], None]) -> None:
    """Call a room below, in the same transaction, when an import has come to its end."""
    _finish_listeners.append(listener)


def take_over(record: Import) -> bool:
    """Let the job of an import that nobody works on any more be taken at once; return whether it may be."""
    if record.stored_as:
        try:
            with uploads.held(record.stored_as):
                pass
        except FileNotFoundError:
            pass
        except uploads.BusyError:
            return False
    job = Job.objects.filter(pk=record.job_id or 0)
    job.filter(state=Job.State.RUNNING).update(leased_until=timezone.now())
    job.filter(state=Job.State.WAITING).update(run_after=timezone.now())
    return leases.retry(record.job_id or 0) or True


def has_failed(record: Import) -> bool:
    """Whether the job of an import gave up."""
    return Job.objects.filter(pk=record.job_id or 0, state=Job.State.FAILED).exists()


def reader() -> Reader:
    """Return the default reader."""
    return default_reader()


def run(record: Import) -> dict[str, int]:
    """Bring an import to its end from wherever it stands; return its counts.

    Raises BusyError when another process is at it, AttemptLostError when the job was lost.
    """
    if record.state == Import.State.STORING:
        with uploads.held(record.stored_as):
            try:
                _store(record)
            except TableError as error:
                _fail(record, error.reason)
        uploads.remove(record.stored_as)
    if record.state == Import.State.UNDERSTANDING:
        _understand(record)
    return counts(record)


def counts(record: Import) -> dict[str, int]:
    """Return what became of the rows; they always add up."""
    return {
        "rows": record.rows,
        "stored": record.stored,
        "known": record.known,
        "rejected": record.rejected,
    }


def _fail(record: Import, reason: str) -> None:
    with leases.effect():
        record.state, record.reason, record.finished_at = Import.State.FAILED, reason, timezone.now()
        record.save()
        for listener in _finish_listeners:
            listener(record)


def _store(record: Import) -> None:
    received_at = timezone.now()
    mapping = Mapping.from_json(record.mapping)
    _begin(record, received_at)
    reading = Reading(
        path=uploads.path_of(record.stored_as),
        options=record.options,
        mapping=mapping,
        zone=company().time_zone,
        touchpoints=touchpoint_names(),
        received_at=received_at,
        after=record.position,
        colleague_id=record.actor_id,
    )
    writer = _Writer(record, mapping.scope, received_at)
    with _made(reading, record.size) as made, rarely_swept(), _much_written():
        for batch in made:
            writer.write(batch)
    # This commit waits for the disk, and for everything before it: only then may the upload go.
    with leases.effect():
        record.state = Import.State.UNDERSTANDING
        record.save()


def _begin(record: Import, at: datetime) -> None:
    """Count anew what lies before the position: what came after it is sent once more."""
    kept = Intake.objects.filter(batch=record.pk, row__lte=record.position)
    found = kept.aggregate(
        all=Count("pk"), rejected=Count("pk", filter=Q(state=Intake.State.REJECTED) | ~Q(reason=""))
    )
    record.rows = record.position
    record.rejected = found["rejected"]
    record.stored = found["all"] - found["rejected"]
    record.known = record.rows - record.stored - record.rejected
    record.started_at = record.started_at or at
    with leases.effect():
        record.save()


@contextmanager
def _made(reading: Reading, size: int) -> Iterator[Iterable[Batch]]:
    loaded = reader()
    if cores() < 2 or size < SMALL_FILE or connection.in_atomic_block:
        yield batches(reading, loaded)
        return
    helpers = min(cores(), MOST_HELPERS)
    parts = [partial(batches, reading, loaded, helper=n, helpers=helpers) for n in range(helpers)]
    with closing(Helpers(parts)) as made:
        yield made


@contextmanager
def _much_written() -> Iterator[None]:
    """Let SQLite write much with little waiting: others write in between, and would wait with us.

    Commits do not wait for the disk here, for the upload is safely on it until all rows are: after a power
    failure the import goes on from what the log holds. The writer copies pages back from the log itself.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    try:
        yield
    finally:
        # A new connection has the settings of the installation again.
        connection.close()


class _Writer:
    """Writes batches in transactions short enough for others to write in between."""

    def __init__(self, record: Import, scope: str, at: datetime) -> None:
        self._record, self._scope, self._at = record, scope, at
        self._most, self._bytes, self._reported = LARGEST // 2, 0, 0.0

    def write(self, batch: Batch) -> None:
        start, total = 0, len(batch.ready)
        self._bytes += batch.size
        while start < total:
            # Equal parts: a small rest would cost nearly as much as a whole one.
            parts = -(-(total - start) // self._most)
            some = batch.ready[start : start - (start - total) // parts]
            start += len(some)
            begun = time.monotonic()
            self._commit(some, batch, start >= total)
            held = time.monotonic() - begun
            if held > LONGEST:
                self._most = max(SMALLEST, int(self._most * max(0.5, LONGEST / held)))
            elif held < LONGEST * 0.7:
                self._most = min(LARGEST, int(self._most * 1.2) + 1)
            self._copy_back()

    def _copy_back(self) -> None:
        """Bring the log into the database now and then, while others may write."""
        if connection.vendor != "sqlite" or connection.in_atomic_block:
            return
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(NOOP)")
            _busy, logged, copied = cursor.fetchone()
            if logged - copied >= PAGES_LOGGED:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _commit(self, some: Sequence[Ready], batch: Batch, last: bool) -> None:
        try:
            self._attempt(some, batch, last)
        except IntegrityError:
            # Somebody brought one of these at the same moment; now it is known.
            self._record.refresh_from_db()
            self._attempt(some, batch, last)

    def _attempt(self, some: Sequence[Ready], batch: Batch, last: bool) -> None:
        record = self._record
        with leases.effect():
            got = receive_ready(source=SOURCE, scope=self._scope, ready=some, at=self._at, batch=record.pk)
            after = self._counted(got, batch if last else None)
            Import.objects.filter(pk=record.pk).update(**after)
            if time.monotonic() - self._reported > _REPORT_SECONDS:
                self._reported = time.monotonic()
                total = self._expected(after["rows"])
                leases.report(done=after["rows"], total=total)
                for watcher in _watchers:
                    watcher(after["rows"], total)
        for name, value in after.items():
            setattr(record, name, value)

    def _counted(self, got: Received, finished: Batch | None) -> dict[str, int]:
        record = self._record
        after = {
            "rows": record.rows + got.stored + got.known + got.rejected,
            "stored": record.stored + got.stored,
            "known": record.known + got.known,
            "rejected": record.rejected + got.rejected,
        }
        if finished:
            after |= {"position": finished.position, "undated": record.undated + finished.undated}
        return after

    def _expected(self, rows: int) -> int | None:
        """Return how many rows the file seems to have; None for workbooks, which are packed."""
        if not self._bytes or self._bytes > self._record.size:
            return None
        return max(rows, int(self._record.size * rows / self._bytes))


def touchpoint_names() -> dict[str, str]:
    """Return the keys of touchpoints by every name they have, in lower case."""
    found: dict[str, str] = {}
    for one in Touchpoint.objects.all():
        for name in (one.key, one.name_fi, one.name_sv, one.name_en):
            found.setdefault(name.strip().casefold(), one.key)
    found.pop("", None)
    return found


def _understand(record: Import) -> None:
    """Understand rows that wait, and count those that turn out to say nothing."""
    after = 0
    while after := understand(reader=reader(), source=SOURCE, batch=record.pk, after=after):
        pass
    rejected = Intake.objects.filter(batch=record.pk, state=Intake.State.REJECTED).count()
    with leases.effect():
        record.stored += record.rejected - rejected
        record.rejected = rejected
        record.state, record.finished_at, record.stored_as = Import.State.DONE, timezone.now(), ""
        record.save()
        leases.report(done=record.rows, total=record.rows)
        for listener in _finish_listeners:
            listener(record)
