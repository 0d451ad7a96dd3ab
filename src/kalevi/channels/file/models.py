"""Imports: one file each, with what became of every row of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalevi.people.models import Erasure


class Import(models.Model):
    """One file of customers' words.

    The upload lies under `files/imports` by the name in `stored_as` until every row of it is in the intake
    log, whose `batch` is this row's id. `position` says how many rows from the beginning are certainly there:
    an import that was cut short goes on after it. Counts: rows = stored + known + rejected.
    """

    class State(models.TextChoices):
        PREVIEWED = "previewed", _("waiting for your yes")
        STORING = "storing", _("being read")
        UNDERSTANDING = "understanding", _("being understood")
        DONE = "done", pgettext_lazy("import", "done")
        FAILED = "failed", _("could not be read")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")

    name = models.CharField(max_length=255)
    stored_as = models.CharField(max_length=80, blank=True)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    format = models.CharField(max_length=40)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=14, choices=State.choices, default=State.PREVIEWED)
    reason = models.CharField(max_length=40, blank=True)
    position = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    stored = models.BigIntegerField(default=0)
    known = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    undated = models.BigIntegerField(default=0)
    actor_id = models.BigIntegerField(null=True)
    job_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    erasure = models.ForeignKey(Erasure, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("stored") + F("known") + F("rejected")),
                name="channels_file_counts_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(reason=""), name="channels_file_failed_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="done", finished_at__isnull=False) | ~Q(state="done"),
                name="channels_file_done_at",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False, erasure__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="channels_file_undone_with_erasure",
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="channels_file_by_digest")]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def options(self) -> dict[str, Any]:
        """How the file is opened: encoding, separator, sheet and whether it has a header, where chosen."""
        chosen: dict[str, Any] = self.mapping.get("open", {})
        return chosen

    def is_over(self) -> bool:
        """Whether it came to an end of any kind."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.UNDONE)
