"""How the work stands."""

from dataclasses import dataclass

from kalevi.jobs.models import Job
from kalevi.jobs.titles import title

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownJob:
    """A job as its page shows it: `share` is 0–1 of its work where that is known."""

    job: Job
    title: str
    share: float | None


@dataclass(frozen=True, slots=True)
class Work:
    """All that runs, waits and failed, and the newest that is done; at most 50 of each."""

    running: list[ShownJob]
    waiting: list[ShownJob]
    failed: list[ShownJob]
    done: list[ShownJob]


def work_for_leaders() -> Work:
    """Return the work as it stands, in four queries."""
    return Work(
        running=_shown(Job.State.RUNNING, "started_at"),
        waiting=_shown(Job.State.WAITING, "run_after"),
        failed=_shown(Job.State.FAILED, "-id"),
        done=_shown(Job.State.DONE, "-id", most=10),
    )


def _shown(state: str, order: str, most: int = _SHOWN) -> list[ShownJob]:
    jobs = Job.objects.filter(state=state).order_by(order, "id")[:most]
    return [
        ShownJob(job, title(job.task), min(1.0, job.done / job.total) if job.total else None) for job in jobs
    ]
