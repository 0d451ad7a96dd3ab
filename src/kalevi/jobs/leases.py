"""Taking a job, keeping it, and writing under its token."""

import contextvars
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kalevi.guards.rows import adapt_datetime, any_row
from kalevi.jobs.models import Job

LEASE = timedelta(seconds=60)
_current: contextvars.ContextVar["Attempt | None"] = contextvars.ContextVar("attempt", default=None)


class AttemptLostError(Exception):
    """The lease ran out and the job belongs to another attempt: nothing may be written any more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one job."""

    job_id: int
    token: uuid.UUID

    def mine(self) -> Q:
        """Return the condition under which the job still belongs to this attempt."""
        return Q(pk=self.job_id, token=self.token, state=Job.State.RUNNING)


def current() -> Attempt | None:
    """Return the attempt that runs in this thread, if any."""
    return _current.get()


@contextmanager
def running(attempt: Attempt) -> Iterator[None]:
    """Make an attempt the current one."""
    reset = _current.set(attempt)
    try:
        yield
    finally:
        _current.reset(reset)


@contextmanager
def effect() -> Iterator[None]:
    """Write in one transaction that holds only while the job is still ours.

    The job row is locked, so a new attempt cannot begin between the check and the commit. Outside a job
    (a command, a test) it is a plain transaction. Raises AttemptLostError, rolling back, when it was lost.
    """
    attempt = _current.get()
    with transaction.atomic():
        if attempt is not None:
            rows = Job.objects.filter(attempt.mine())
            if connection.features.has_select_for_update:
                rows = rows.select_for_update()
            if not rows.values_list("pk", flat=True).first():
                raise AttemptLostError
        yield


def take(*, queues: frozenset[str] = frozenset()) -> Attempt | None:
    """Lease the next job that is due, or one whose worker went silent; None when there is nothing to do.

    A job that was lost as often as it may be tried is marked failed.
    """
    now = timezone.now()
    # A look without a lock first: an idle worker must not hold up those who write.
    if not _something_is_due(now, queues):
        return None
    due = Job.objects.filter(
        Q(state=Job.State.WAITING, run_after__lte=now) | Q(state=Job.State.RUNNING, leased_until__lt=now)
    )
    if queues:
        due = due.filter(queue__in=queues)
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        job = due.order_by("-priority", "run_after", "id").first()
        if job is None:
            return None
        if job.attempts >= job.most_attempts:
            _fail(Job.objects.filter(pk=job.pk), error="lost", place="")
            return None
        token = uuid.uuid4()
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.RUNNING,
            token=token,
            leased_until=now + LEASE,
            started_at=now,
            attempts=job.attempts + 1,
        )
    return Attempt(job.pk, token)


def _something_is_due(now: datetime, queues: frozenset[str]) -> bool:
    """Look as `take` does, for half of what it costs to put the question together anew each time."""
    moment, of_these = adapt_datetime(now), ""
    if queues:
        of_these = f" AND queue IN ({', '.join(['%s'] * len(queues))})"
    return any_row(
        "SELECT 1 FROM jobs_job WHERE state = 'waiting' AND run_after <= %s" + of_these,  # noqa: S608
        [moment, *queues],
    ) or any_row(
        "SELECT 1 FROM jobs_job WHERE state = 'running' AND leased_until < %s" + of_these,  # noqa: S608
        [moment, *queues],
    )


def renew(attempt: Attempt) -> bool:
    """Lengthen the lease; return False when the job was lost."""
    until = timezone.now() + LEASE
    return bool(Job.objects.filter(attempt.mine()).update(leased_until=until))


def report(*, done: int, total: int | None = None) -> None:
    """Say how far the current job has come; does nothing outside a job."""
    attempt = _current.get()
    if attempt is not None:
        Job.objects.filter(attempt.mine()).update(done=done, total=total)


def finish(attempt: Attempt, result: object) -> bool:
    """Mark the job done with its result (JSON); return False when it was lost."""
    return bool(
        Job.objects.filter(attempt.mine()).update(
            state=Job.State.DONE,
            result=result,
            finished_at=timezone.now(),
            token=None,
            leased_until=None,
            error="",
            place="",
        )
    )


def give_back(attempt: Attempt, *, error: str, place: str) -> bool:
    """Put a failed attempt back to wait (5 s, then twice as long each time, at most an hour), or fail it.

    Returns False, and changes nothing, when it was lost.
    """
    mine = Job.objects.filter(attempt.mine())
    job = mine.first()
    if job is None:
        return False
    if job.attempts >= job.most_attempts:
        return _fail(mine, error=error, place=place)
    wait = min(5 * 2 ** (job.attempts - 1), 3600)
    return bool(
        mine.update(
            state=Job.State.WAITING,
            run_after=timezone.now() + timedelta(seconds=wait),
            token=None,
            leased_until=None,
            error=error[:200],
            place=place[:300],
        )
    )


def _fail(jobs: QuerySet[Job], *, error: str, place: str) -> bool:
    return bool(
        jobs.update(
            state=Job.State.FAILED,
            finished_at=timezone.now(),
            token=None,
            leased_until=None,
            error=(error or "unknown")[:200],
            place=place[:300],
        )
    )


def retry(job_id: int) -> bool:
    """Put a failed job back to wait, with all its attempts anew; return False when it had not failed."""
    return bool(
        Job.objects.filter(pk=job_id, state=Job.State.FAILED).update(
            state=Job.State.WAITING, run_after=timezone.now(), finished_at=None, attempts=0
        )
    )
