"""Jobs are done once, tried again, and nothing is written by an attempt that was lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django_tasks.base import TaskResultStatus

from kalevi.jobs import leases, schedules, worker
from kalevi.jobs.models import Job
from kalevi.jobs.schedules import Schedule
from kalevi.shell.models import Company
from tests.jobs import sample

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_task_runs_and_keeps_its_result() -> None:
    result = sample.add.enqueue(1, b=2)
    assert result.status == TaskResultStatus.READY
    assert worker.run_next() is True
    result.refresh()
    assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 3)
    assert worker.run_next() is False


def test_job_of_a_rolled_back_transaction_never_exists() -> None:
    with transaction.atomic():
        sample.add.enqueue(1, 2)
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


@time_machine.travel(NOON, tick=False)
def test_failed_attempt_waits_longer_each_time_and_keeps_no_words() -> None:
    sample.fail.enqueue()
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        while worker.run_next():
            job = Job.objects.get()
            if job.state == Job.State.WAITING:
                waits.append((job.run_after - (job.started_at or job.run_after)).total_seconds())
                clock.move_to(job.run_after)
    assert waits == [5, 10, 20, 40]
    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (Job.State.FAILED, 5, "builtins.ValueError")
    assert "secret" not in job.place
    assert job.place.startswith("sample.py:")


def test_failed_job_can_be_retried() -> None:
    sample.add.enqueue("x", 1)  # type: ignore[arg-type]  # it is to fail
    Job.objects.update(most_attempts=1)
    worker.run_next()
    job = Job.objects.get()
    assert job.state == Job.State.FAILED
    assert leases.retry(job.pk) is True
    assert leases.retry(job.pk) is False
    assert Job.objects.get().state == Job.State.WAITING


def test_effect_is_written_under_the_token() -> None:
    sample.found_company.enqueue("Rauta")
    worker.run_next()
    assert Company.objects.get().name == "Rauta"
    assert (Job.objects.get().done, Job.objects.get().total) == (1, 2)


def test_lost_attempt_writes_nothing_and_leaves_the_job_to_its_new_owner() -> None:
    sample.lose_and_write.enqueue()
    worker.run_next()
    assert Company.objects.count() == 0
    assert Job.objects.get().state == Job.State.RUNNING


def test_silent_worker_loses_its_job_to_another() -> None:
    sample.add.enqueue(1, 2)
    with time_machine.travel(NOON + timedelta(days=1), tick=False) as clock:
        first = leases.take()
        assert first is not None
        assert leases.take() is None
        clock.shift(leases.LEASE + timedelta(seconds=1))
        second = leases.take()
        assert second is not None
        assert second.token != first.token
        assert leases.renew(first) is False
        assert leases.renew(second) is True
        assert leases.finish(first, 3) is False
        assert leases.finish(second, 3) is True


def test_job_lost_too_often_fails_with_a_reason() -> None:
    sample.add.enqueue(1, 2)
    with time_machine.travel(NOON + timedelta(days=1), tick=False) as clock:
        for _time in range(5):
            assert leases.take() is not None
            clock.shift(leases.LEASE + timedelta(seconds=1))
        assert leases.take() is None
    job = Job.objects.get()
    assert (job.state, job.error) == (Job.State.FAILED, "lost")


def test_higher_priority_goes_first_and_later_jobs_wait() -> None:
    sample.add.enqueue(1, 1)
    sample.add.using(priority=5).enqueue(2, 2)
    sample.add.using(run_after=datetime(2200, 1, 1, tzinfo=UTC), priority=9).enqueue(3, 3)
    attempt = leases.take()
    assert attempt is not None
    assert Job.objects.get(pk=attempt.job_id).arguments["args"] == [2, 2]


def test_schedule_is_enqueued_once_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_schedules", {"x": Schedule("x", sample.add, timedelta(hours=1))})
    with time_machine.travel(NOON, tick=False) as clock:
        schedules.forget()
        assert schedules.enqueue_due() == 1
        schedules.forget()
        assert schedules.enqueue_due() == 0
        clock.shift(timedelta(minutes=59))
        assert schedules.enqueue_due() == 0
        clock.shift(timedelta(minutes=1))
        assert schedules.enqueue_due() == 1
    assert sorted(name or "" for name in Job.objects.values_list("schedule", flat=True)) == [
        "x 2026-11-22T12:00:00Z",
        "x 2026-11-22T13:00:00Z",
    ]
    schedules.forget()
