"""The standard Tasks interface over the leased table."""

from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued
from django_tasks.utils import normalize_json

from kalevi.jobs.models import Job
from kalevi.shell.numbers import whole_number

_STATUS = {
    Job.State.WAITING: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.FAILED: TaskResultStatus.FAILED,
}


class LeasedBackend(BaseTaskBackend):
    """Keeps tasks in the job table, in the transaction of the caller."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Store the call; it exists exactly when the caller's transaction commits."""
        self.validate_task(task)
        now = timezone.now()
        job = Job.objects.create(
            task=task.module_path,
            arguments={"args": normalize_json(list(args)), "kwargs": normalize_json(dict(kwargs))},
            queue=task.queue_name,
            priority=task.priority,
            enqueued_at=now,
            run_after=task.run_after or now,
        )
        result = self._result(job, task)
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return how a job stands. Raises TaskResultDoesNotExist."""
        number = whole_number(result_id)
        job = None if number is None else Job.objects.filter(pk=number).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self._result(job, import_string(job.task))

    def _result(self, job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(job.pk),
            status=_STATUS[Job.State(job.state)],
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.started_at,
            args=job.arguments["args"],
            kwargs=job.arguments["kwargs"],
            backend=self.alias,
            errors=[TaskError(exception_class_path=job.error, traceback=job.place)] if job.error else [],
            worker_ids=[str(n) for n in range(job.attempts)],
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
