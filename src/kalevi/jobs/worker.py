"""Runs jobs, one at a time, and keeps their leases alive while they run."""

import logging
import threading
import traceback

from django.db import close_old_connections, connections
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks.base import Task, TaskContext

from kalevi.jobs import leases, schedules, watches
from kalevi.jobs.models import Job

logger = logging.getLogger(__name__)
RENEW_SECONDS = 15.0
IDLE_SECONDS = 0.5


def run_next(*, queues: frozenset[str] = frozenset()) -> bool:
    """Run the next job that is due; return False when there was none."""
    attempt = leases.take(queues=queues)
    if attempt is None:
        return False
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(attempt, stop), daemon=True)
    keeper.start()
    try:
        _run(attempt)
    finally:
        stop.set()
        keeper.join()
    return True


def run_until(stop: threading.Event, *, queues: frozenset[str] = frozenset()) -> None:
    """Run jobs and start what is due or waits, until told to stop; the job at hand is finished first.

    With `queues` only jobs of these, and schedules are left to another loop.
    """
    while not stop.is_set():
        close_old_connections()
        try:
            if not queues:
                schedules.enqueue_due()
            watches.enqueue_waiting(queues=queues, every=IDLE_SECONDS)
            if not run_next(queues=queues):
                stop.wait(IDLE_SECONDS)
        except Exception:
            # A database that is full or restarting must not end the worker: it tries again.
            logger.exception("the worker could not take a job")
            stop.wait(5)


def _run(attempt: leases.Attempt) -> None:
    job = Job.objects.get(pk=attempt.job_id)
    logger.debug("job %s %s begins, attempt %s", job.pk, job.task, job.attempts)
    try:
        task: Task[..., object] = import_string(job.task)
        with leases.running(attempt):
            args = job.arguments["args"]
            if task.takes_context:
                result = task_backends["default"].get_result(str(job.pk))
                args = [TaskContext(task_result=result), *args]
            value = task.call(*args, **job.arguments["kwargs"])
        kept = leases.finish(attempt, value)
    except leases.AttemptLostError:
        kept = False
    except (Exception, SystemExit) as error:
        # The text of an error may quote a customer; its kind and place do not.
        frames = traceback.extract_tb(error.__traceback__)
        place = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames[-5:]))
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        logger.warning("job %s %s failed: %s at %s", job.pk, job.task, kind, place)
        leases.give_back(attempt, error=kind, place=place)
        return
    logger.debug("job %s %s %s", job.pk, job.task, "done" if kept else "was lost to another attempt")


def _keep(attempt: leases.Attempt, stop: threading.Event) -> None:
    try:
        while not stop.wait(RENEW_SECONDS):
            try:
                if not leases.renew(attempt):
                    return
            except Exception:
                logger.exception("a lease could not be renewed")
    finally:
        connections.close_all()
