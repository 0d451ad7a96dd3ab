"""Who did what to whose data: append-only, and chained by a job so that a missing row shows."""

from django.db import models

from kalevi.guards.frozen import Frozen, declare

# Of looking at other people's words (`looks`). Written rows never change, and so neither do these names.
REASON_GIVEN, LOOKED = "people.give_reason", "people.look"


class Entry(models.Model):
    """One action of one actor.

    Actor and contact are plain ids: the audit outlives the people it speaks of. `details` holds ids and
    keys only, never words or names. The chain gives each entry its `place` and a `digest` over the entry
    and the digest before it; places, not ids, are its order, since ids may be committed out of order.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    contact_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    place = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, null=True)  # noqa: DJ001  NULL until chained

    class Meta:
        indexes = [
            models.Index(fields=["contact_id", "id"], name="audit_by_contact"),
            models.Index(fields=["id"], name="audit_unchained", condition=models.Q(place__isnull=True)),
            models.Index(
                fields=["id"],
                name="audit_looks",
                condition=models.Q(action__in=(REASON_GIVEN, LOOKED)),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__isnull=True, digest__isnull=True)
                | models.Q(place__isnull=False, digest__isnull=False),
                name="audit_place_and_digest",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


declare(
    Frozen(
        table="audit_entry",
        columns=("id", "at", "actor_id", "action", "subject", "contact_id", "details"),
        write_once=("place", "digest"),
        unique=(("id",), ("place",)),
    )
)
