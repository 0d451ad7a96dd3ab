"""The job table. A row holds ids and keys, never words or names."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DEFAULT_ATTEMPTS = 5


class Job(models.Model):
    """One call of one task, kept until it is done.

    A running job is leased: a worker that stops renewing its lease has lost the job, and another takes
    it with a new token. Whatever a task writes, it writes under its token (`leases.effect`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    enqueued_at = models.DateTimeField()
    run_after = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    most_attempts = models.PositiveSmallIntegerField(default=DEFAULT_ATTEMPTS)
    error = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    schedule = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001  NULL: not from a schedule

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", token__isnull=False, leased_until__isnull=False)
                | (~Q(state="running") & Q(token__isnull=True, leased_until__isnull=True)),
                name="jobs_running_is_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), finished_at__isnull=False)
                | (~Q(state__in=("done", "failed")) & Q(finished_at__isnull=True)),
                name="jobs_finished_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error=""), name="jobs_failed_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["run_after"], name="jobs_waiting", condition=Q(state="waiting")),
            models.Index(fields=["leased_until"], name="jobs_running", condition=Q(state="running")),
            models.Index(fields=["state", "id"], name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"
