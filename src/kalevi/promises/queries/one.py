"""One promise with everything that happened to it."""

from dataclasses import dataclass
from datetime import datetime

from kalevi.people.models import Colleague
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.models import Event, Promise
from kalevi.promises.queries.lists import pressing, seen_otherwise


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened, and who did it: empty for the customer and the clock."""

    event: Event
    by: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A promise as a colleague sees it; `dates` are those the customer was told, the first one first."""

    promise: Promise
    pressing: str
    otherwise: bool
    history: tuple[Line, ...]
    dates: tuple[Event, ...]
    brands: tuple[BrandPromise, ...]


def promise_for_colleague(promise_id: int, now: datetime) -> Whole:
    """Return a promise. Raises Promise.DoesNotExist."""
    promise = Promise.objects.select_related("contact", "owner", "giver", "touchpoint", "brand").get(
        pk=promise_id
    )
    events = list(Event.objects.filter(promise=promise).order_by("pk"))
    names = dict(
        Colleague.objects.filter(pk__in={event.by_id or 0 for event in events}).values_list("pk", "name")
    )
    return Whole(
        promise=promise,
        pressing=pressing(promise, now),
        otherwise=seen_otherwise(promise),
        history=tuple(Line(event, names.get(event.by_id or 0, "")) for event in events),
        dates=tuple(event for event in events if event.kind in ("given", "new_time")),
        brands=tuple(BrandPromise.objects.filter(ended_at__isnull=True).order_by("pk")),
    )
