"""What waits is begun when a worker is idle, once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from kalevi.jobs import watches, worker
from kalevi.jobs.backend import LeasedBackend
from kalevi.jobs.models import Job
from kalevi.jobs.tasks import sweep
from kalevi.jobs.watches import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    answer = [True]
    monkeypatch.setattr(watches, "_watches", {sweep.module_path: Watch(sweep, lambda: answer[0])})
    monkeypatch.setattr(watches, "_looked", {})
    return answer


def test_nothing_is_begun_while_nothing_waits(waits: list[bool]) -> None:
    waits[0] = False
    assert watches.enqueue_waiting() == 0


def test_one_job_takes_all_there_is(waits: list[bool]) -> None:
    assert [watches.enqueue_waiting() for _look in range(3)] == [1, 0, 0]
    assert worker.run_next() is True
    assert watches.enqueue_waiting() == 1


def test_a_process_looks_no_oftener_than_it_is_told(waits: list[bool]) -> None:
    waits[0] = False
    assert watches.enqueue_waiting(every=60) == 0
    waits[0] = True
    assert (watches.enqueue_waiting(every=60), watches.enqueue_waiting()) == (0, 1)


def test_other_queues_are_left_alone(waits: list[bool]) -> None:
    assert watches.enqueue_waiting(queues=frozenset({watches.QUICK})) == 0


def test_one_that_gave_up_rests(waits: list[bool]) -> None:
    watches.enqueue_waiting()
    Job.objects.update(state=Job.State.FAILED, finished_at=timezone.now(), error="x")
    assert watches.enqueue_waiting() == 0
    Job.objects.update(finished_at=timezone.now() - timedelta(minutes=11))
    assert watches.enqueue_waiting() == 1


@pytest.mark.django_db(transaction=True)
def test_two_loops_that_look_at_the_same_moment_begin_one(
    waits: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    both, enqueue = threading.Barrier(2), LeasedBackend.enqueue

    def enqueue_together(*given: Any) -> object:
        # Whoever comes here waits for the other one to come too, which it must not.
        with suppress(threading.BrokenBarrierError):
            both.wait(0.2)
        return enqueue(*given)

    def look(_loop: int) -> int:
        try:
            return watches.enqueue_waiting()
        finally:
            connections.close_all()

    monkeypatch.setattr(LeasedBackend, "enqueue", enqueue_together)
    with ThreadPoolExecutor(2) as loops:
        begun = sorted(loops.map(look, range(2)))
    assert (begun, Job.objects.count()) == ([0, 1], 1)
