"""Orders and deliveries: what was ordered, promised by when, and delivered when."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from kalevi.channels.api import outgoing, presenting, schemas
from kalevi.channels.api.auth import caller, needs, scope_of
from kalevi.channels.api.bodies import Item, body_of, parsed
from kalevi.channels.api.cursors import number_from, page_of
from kalevi.channels.api.endpoints.answers import PROBLEMS, answer, answered, number, takes
from kalevi.channels.api.endpoints.interactions import post_many
from kalevi.channels.api.idempotency import Done, key_of, once
from kalevi.channels.api.problems import ProblemError
from kalevi.channels.api.receiving import Keeping, receive_one
from kalevi.channels.api.sources import ORDERS
from kalevi.orders.models import Order
from kalevi.orders.queries import outcomes

router = Router(tags=["Orders and deliveries"])


@router.post(
    "/orders/events",
    response={202: outgoing.Receipt, **PROBLEMS},
    summary="Tell what happened to an order",
    openapi_extra=takes(schemas.OrderEvent),
)
@needs("orders:write")
def post_order_event(request: HttpRequest) -> HttpResponse:
    """Store that something was ordered, promised, shipped, delivered, cancelled or returned.

    Nothing is ever changed by a later event: the first promise stays the one the customer heard first.
    """
    raw = body_of(request)
    one = parsed(schemas.ORDER_EVENT, raw)
    keeping = Keeping(scope_of(caller(request)), key_of(request), ORDERS)

    def do() -> Done:
        received, row = receive_one(Item(raw, one, ()), keeping)
        return Done(202, {"id": str(row.pk), "status": "stored" if received.stored else "known"})

    return answered(once(request, raw, do))


@router.post(
    "/orders/events/many",
    response={202: outgoing.BulkReceipt, **PROBLEMS},
    summary="Tell much of what happened to orders",
    openapi_extra=takes(schemas.OrderEvent, many=True),
)
@needs("orders:write")
def post_order_events(request: HttpRequest) -> HttpResponse:
    """Store many events: a JSON array of 1,000 at most, or lines of JSON of 16 MB at most."""
    keeping = Keeping(scope_of(caller(request)), key_of(request), ORDERS)
    return answered(post_many(request, schemas.ORDER_EVENT, keeping))


class Wanted(BaseModel):
    """What the list is narrowed down to."""

    contact_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    account_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    order: Annotated[str, Field(max_length=200)] | None = Field(None, description="Your number of the order.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=60)] | None = None


@router.get("/orders", response={200: outgoing.OrderPage, **PROBLEMS}, summary="Read orders, newest first")
@needs("orders:read")
def get_orders(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """Return a page of orders as they stand by what was told of them."""
    orders = Order.objects.order_by("-pk")
    if wanted.order is not None:
        orders = orders.filter(
            scope=scope_of(caller(request)), reference=wanted.order.replace("\x00", "\ufffd")
        )
    if wanted.contact_id is not None:
        orders = orders.filter(contact_id=wanted.contact_id)
    if wanted.account_id is not None:
        orders = orders.filter(account_id=wanted.account_id)
    if (before := number_from(wanted.cursor)) is not None:
        orders = orders.filter(pk__lt=before)
    page, more = page_of(orders, wanted.limit)
    return answer({"items": presenting.orders(outcomes(page), timezone.now()), "next": more})


@router.get("/orders/{order_id}", response={200: outgoing.OrderOut, **PROBLEMS}, summary="Read one order")
@needs("orders:read")
def get_order(request: HttpRequest, order_id: str) -> HttpResponse:
    """Return an order by our id."""
    found = Order.objects.filter(pk=number(order_id)).first()
    if found is None:
        raise ProblemError("not-found")
    return answer(presenting.orders(outcomes([found]), timezone.now())[0])
