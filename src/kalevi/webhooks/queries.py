"""Endpoints and their deliveries, as their pages read them."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from kalevi.webhooks.kinds import label
from kalevi.webhooks.models import Delivery, Endpoint

SHOWN = 30
STATES = ("", "waiting", "given_up", "delivered")


@dataclass(frozen=True, slots=True)
class Told:
    """One delivery with what people call its event."""

    delivery: Delivery
    what: str


def endpoints_for_administrator() -> QuerySet[Endpoint]:
    """Return every endpoint with how many deliveries wait or were given up, and when the last arrived."""
    return Endpoint.objects.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING)),
        given_up=Count("deliveries", filter=Q(deliveries__state=Delivery.State.GIVEN_UP)),
        arrived_at=Max("deliveries__delivered_at"),
    ).order_by("pk")


def deliveries_for_administrator(
    endpoint: Endpoint, *, state: str = "", before: int | None = None
) -> tuple[list[Told], int | None]:
    """Return the newest deliveries before an id, and the id to go on from, if there are more."""
    rows = Delivery.objects.filter(endpoint=endpoint).select_related("event").order_by("-pk")
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: SHOWN + 1])
    told = [Told(one, label(one.event.kind)) for one in page[:SHOWN]]
    return told, page[SHOWN - 1].pk if len(page) > SHOWN else None


def disabled_count() -> int:
    """Return how many endpoints we gave up on."""
    return Endpoint.objects.filter(disabled_at__isnull=False).count()
