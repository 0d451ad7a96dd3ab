"""Work that is begun as soon as something waits: looked for whenever a worker is idle.

What arrives needs no job of its own: its row is the work, and one job takes all of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import Task

from kalevi.jobs.models import Job

# Lanes, each a loop of the worker's: what was just said, what goes out to others, what is fetched from them.
# None of them stands behind a long import, nor a customer's words behind somebody's slow server.
QUICK, OUTWARD, INWARD = "quick", "outward", "inward"
LANES = (QUICK, OUTWARD, INWARD)
REST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Watch:
    """A task that takes all there is to do, and a cheap look whether there is any.

    A task of a queue in `LANES` is run beside a long job, not after it.
    """

    task: Task[[], Any]
    waits: Callable[[], bool]


_watches: dict[str, Watch] = {}
_looked: dict[str, float] = {}


def register(*watches: Watch) -> None:
    """Add watches; a task is watched once."""
    for watch in watches:
        _watches[watch.task.module_path] = watch


def enqueue_waiting(*, queues: frozenset[str] = frozenset(), every: float = 0.0) -> int:
    """Enqueue each watched task for which something waits; return how many.

    Not while one is on its way, nor for ten minutes after one gave up. With `every` (seconds) this process
    looks no oftener, however many of its loops ask: a job that takes much at once spends less on each.
    """
    enqueued, now = 0, monotonic()
    for path, watch in _watches.items():
        if (queues and watch.task.queue_name not in queues) or now - _looked.get(path, -1e9) < every:
            continue
        _looked[path] = now
        if not watch.waits():
            continue
        if not _rests(path):
            enqueued += _enqueue_once(watch.task)
    return enqueued


def _rests(path: str) -> bool:
    """Whether a job of a task is on its way, or gave up a short while ago."""
    under_way = Q(state__in=(Job.State.WAITING, Job.State.RUNNING))
    gave_up = Q(state=Job.State.FAILED, finished_at__gt=timezone.now() - REST)
    return Job.objects.filter(under_way | gave_up, task=path).exists()


@transaction.atomic
def _enqueue_once(task: Task[[], Any]) -> bool:
    """Enqueue a task; False where another loop was quicker.

    Loops look one after another: a transaction of SQLite's has the one pen from its beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('kalevi.jobs.watches'))")
    if _rests(task.module_path):
        return False
    task.enqueue()
    return True
