"""Who is told, what happened, and how far the telling has come. Events hold ids and keys, never words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Endpoint(models.Model):
    """An address of another system that wants to be told.

    Its secret is derived from `salt` and the installation's key (`signing.secret`); after a rotation the
    older one signs too until `older_until`. `failing_since` is when it last began to fail, `rests_until`
    when it is tried again. `disabled_at` is set by us after three days of failure, `is_on` by people.
    """

    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=500)
    kinds = models.JSONField(_("what it is told"), default=list)
    with_words = models.BooleanField(_("with the customers’ words"), default=False)
    is_on = models.BooleanField(_("in use"), default=True)
    salt = models.CharField(max_length=32)
    older_salt = models.CharField(max_length=32, blank=True)
    older_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    disabled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(older_salt="", older_until__isnull=True)
                | (~Q(older_salt="") & Q(older_until__isnull=False)),
                name="webhooks_older_secret_ends",
            )
        ]

    def __str__(self) -> str:
        return f"endpoint {self.pk}"


class Event(models.Model):
    """Something that happened. `key` is its id for receivers; `details` hold ids and keys only."""

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    subject = models.CharField(max_length=80, blank=True)
    contact_id = models.BigIntegerField(null=True, db_index=True)
    details = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Delivery(models.Model):
    """The telling of one event to one endpoint; three days are counted from `begun_at`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("arrived")
        GIVEN_UP = "given_up", _("given up")

    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries", db_index=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    last_try_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "endpoint"], name="webhooks_told_once"),
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_at__isnull=False)
                | (~Q(state="delivered") & Q(delivered_at__isnull=True)),
                name="webhooks_delivered_at",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="webhooks_waiting", condition=Q(state="waiting")),
            models.Index(fields=["endpoint", "id"], name="webhooks_by_endpoint"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"
