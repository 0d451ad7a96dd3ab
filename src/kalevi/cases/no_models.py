"""The honest no: its reason and what we can do instead, looked at by a second colleague before it is told.

A case rests only with such a no. A row of `HonestNo` exists once it was looked at, never before.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kalevi.guards.frozen import Frozen, declare
from kalevi.people.models import Erasure


class AskedNo(models.Model):
    """A no that waits for a colleague to look at it; the customer has heard nothing of it yet."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="asked_nos")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    instead = models.TextField()
    by_mail = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)
    # What the one who looked would do otherwise.
    otherwise = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="cases_one_no_asked_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(colleague=F("asked")), name="cases_no_asked_of_another"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, agreed__isnull=True)
                | Q(ended_at__isnull=False, agreed__isnull=False),
                name="cases_no_ended_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"a no to case {self.case_id}, asked of {self.asked_id}"


class HonestNo(models.Model):
    """A no that was told: why, what we can do instead, who looked at it. `alone`: nobody else was there."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="nos")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(null=True)  # noqa: DJ001  NULL: erased
    instead = models.TextField(null=True)  # noqa: DJ001  NULL: erased
    at = models.DateTimeField()
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    alone = models.BooleanField(default=False)
    erasure = models.ForeignKey(Erasure, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(alone=True, seen_by__isnull=True)
                | (Q(alone=False, seen_by__isnull=False) & ~Q(seen_by=F("colleague"))),
                name="cases_no_seen_by_another_or_alone",
            ),
            models.CheckConstraint(
                condition=(
                    Q(erasure__isnull=True, reason__isnull=False, instead__isnull=False)
                    & ~Q(reason="")
                    & ~Q(instead="")
                )
                | Q(erasure__isnull=False, reason__isnull=True, instead__isnull=True),
                name="cases_no_with_reason_and_instead",
            ),
        ]

    def __str__(self) -> str:
        return f"a no to case {self.case_id}"


declare(
    Frozen(
        table="cases_honestno",
        columns=("id", "case_id", "colleague_id", "at", "seen_by_id", "alone"),
        erasable=("reason", "instead"),
        write_once=("erasure_id",),
    )
)
