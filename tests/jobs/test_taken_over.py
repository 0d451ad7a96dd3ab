"""A worker survives what a task does, and an attempt that was lost never touches the one that took over."""

from typing import Any

import pytest
from django.db import connection

from kalevi.jobs import leases, worker
from kalevi.jobs.models import Job
from tests.jobs import sample

pytestmark = pytest.mark.django_db


def test_task_that_leaves_the_process_fails_like_any_other() -> None:
    sample.leave.enqueue()
    assert worker.run_next() is True
    job = Job.objects.get()
    assert (job.state, job.error) == (Job.State.WAITING, "builtins.SystemExit")


def test_arguments_that_no_longer_fit_and_tasks_that_are_gone_fail_with_a_reason() -> None:
    sample.add.enqueue(1, 2)
    sample.add.enqueue(1, 2)
    sample.add.enqueue(1, 2)
    gone, odd, bare = Job.objects.order_by("pk")
    Job.objects.filter(pk=gone.pk).update(task="tests.jobs.sample.gone", most_attempts=1)
    Job.objects.filter(pk=odd.pk).update(arguments={"args": [1, 2, 3], "kwargs": {}}, most_attempts=1)
    Job.objects.filter(pk=bare.pk).update(arguments={}, most_attempts=1)
    while worker.run_next():
        pass
    assert list(Job.objects.order_by("pk").values_list("state", "error")) == [
        ("failed", "builtins.ImportError"),
        ("failed", "builtins.TypeError"),
        ("failed", "builtins.KeyError"),
    ]


@pytest.mark.parametrize("most", [1, 5])
def test_attempt_lost_while_it_is_given_back_changes_nothing(most: int) -> None:
    """Between the look and the write another worker may take a job whose lease ran out."""
    sample.add.enqueue(1, 2)
    Job.objects.update(most_attempts=most)
    attempt = leases.take()
    assert attempt is not None
    taken = "00000000-0000-0000-0000-000000000001"
    looked = False

    def take_over(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal looked
        if looked and sql.startswith("UPDATE"):
            looked = False
            Job.objects.filter(pk=attempt.job_id).update(token=taken)
        looked = looked or sql.startswith("SELECT")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(take_over):
        assert leases.give_back(attempt, error="x", place="y") is False
    job = Job.objects.get()
    assert (job.state, str(job.token)) == (Job.State.RUNNING, taken)
