"""Work that comes again: each tick of a schedule is enqueued once, however many workers look."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task

from kalevi.jobs.models import Job


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task that runs every so often, counted from midnight UTC of the first day of 1970 plus `offset`."""

    key: str
    task: Task[..., Any]
    every: timedelta
    offset: timedelta = timedelta(0)

    def last_tick(self, now: datetime) -> datetime:
        """Return the newest moment, at or before `now`, at which it is due."""
        begin = datetime(1970, 1, 1, tzinfo=UTC) + self.offset
        return begin + (now - begin) // self.every * self.every


_schedules: dict[str, Schedule] = {}
_seen: dict[str, datetime] = {}


def register(*schedules: Schedule) -> None:
    """Add schedules; a key names one schedule."""
    for schedule in schedules:
        _schedules[schedule.key] = schedule


def registered() -> tuple[Schedule, ...]:
    """Return every schedule, by key."""
    return tuple(_schedules[key] for key in sorted(_schedules))


def enqueue_due() -> int:
    """Enqueue every schedule whose newest tick has not been enqueued yet; return how many were."""
    now, enqueued = timezone.now(), 0
    for schedule in registered():
        tick = schedule.last_tick(now)
        if _seen.get(schedule.key) == tick:
            continue
        name = f"{schedule.key} {tick:%Y-%m-%dT%H:%M:%SZ}"
        if not Job.objects.filter(schedule=name).exists():
            try:
                with transaction.atomic():
                    Job.objects.create(
                        task=schedule.task.module_path,
                        arguments={"args": [], "kwargs": {}},
                        queue=schedule.task.queue_name,
                        priority=schedule.task.priority,
                        enqueued_at=now,
                        run_after=now,
                        schedule=name,
                    )
                enqueued += 1
            except IntegrityError:
                pass  # another worker was first
        _seen[schedule.key] = tick
    return enqueued


def forget() -> None:
    """Forget which ticks were seen in this process; for a database that was restored or emptied."""
    _seen.clear()
