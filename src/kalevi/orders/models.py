"""Orders as their sources tell of them: events that stay as told, from which everything else is reckoned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.models import Intake
from kalevi.people.models import Account, Contact, Erasure


class Order(models.Model):
    """One order. `scope` says whose number `reference` is; what became of it stands in its events."""

    scope = models.CharField(max_length=80)
    reference = models.CharField(max_length=200, null=True)  # noqa: DJ001  NULL: erased
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="orders")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, related_name="orders")
    made_at = models.DateTimeField()
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "reference"], name="orders_one_reference"),
            models.CheckConstraint(
                condition=Q(reference__isnull=False) ^ Q(erasure__isnull=False),
                name="orders_reference_or_erasure",
            ),
        ]

    def __str__(self) -> str:
        return f"order {self.pk}"


class Event(models.Model):
    """One thing that happened to an order, as it was told; it never changes, and nothing is guessed.

    `promised_for` is the last moment that was promised, with `ordered` or `promised`. `lines` say what was
    ordered, shipped, delivered or returned, each {"item", "name", "quantity", "unit"} with what was told of
    it. `complete` is what the source says of a delivery; NULL when it says nothing.
    """

    class Kind(models.TextChoices):
        ORDERED = "ordered", _("ordered")
        PROMISED = "promised", _("promised")
        SHIPPED = "shipped", _("shipped")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")
        RETURNED = "returned", _("returned")

    order = models.ForeignKey(Order, models.PROTECT, related_name="events")
    intake = models.OneToOneField(Intake, models.PROTECT, related_name="order_event")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    promised_for = models.DateTimeField(null=True, blank=True)
    complete = models.BooleanField(null=True, blank=True)
    lines = models.JSONField(null=True, blank=True)
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=("ordered", "promised", "shipped", "delivered", "cancelled", "returned")
                ),
                name="orders_event_kind",
            ),
            models.CheckConstraint(
                condition=Q(promised_for__isnull=True) | Q(kind__in=("ordered", "promised")),
                name="orders_promised_when_promised",
            ),
            models.CheckConstraint(
                condition=~Q(kind="promised") | Q(promised_for__isnull=False),
                name="orders_promise_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(complete__isnull=True) | Q(kind="delivered"),
                name="orders_complete_when_delivered",
            ),
            models.CheckConstraint(
                condition=Q(erasure__isnull=True) | Q(lines__isnull=True), name="orders_erased_is_lineless"
            ),
        ]
        indexes = [models.Index(fields=["kind", "occurred_at"], name="orders_event_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


declare(
    Frozen(
        table="orders_order",
        columns=("id", "scope", "made_at"),
        erasable=("reference",),
        write_once=("erasure_id",),
        unique=(("id",), ("scope", "reference")),
    ),
    Frozen(
        table="orders_event",
        columns=(
            "id",
            "order_id",
            "intake_id",
            "kind",
            "occurred_at",
            "received_at",
            "promised_for",
            "complete",
        ),
        erasable=("lines",),
        write_once=("erasure_id",),
        unique=(("id",), ("intake_id",)),
    ),
)
