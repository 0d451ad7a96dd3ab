"""Words, scores and feelings: one, many, and reading them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from kalevi.channels.api import outgoing, presenting, schemas
from kalevi.channels.api.auth import caller, needs, scope_of
from kalevi.channels.api.bodies import (
    JSON_TYPES,
    MOST_BULK_BYTES,
    MOST_ITEMS,
    NDJSON_TYPES,
    Item,
    body_of,
    content_type,
    items_of,
    parsed,
)
from kalevi.channels.api.cursors import cursor, number_from
from kalevi.channels.api.endpoints.answers import PROBLEMS, answer, answered, number, takes
from kalevi.channels.api.idempotency import Done, key_of, once
from kalevi.channels.api.problems import ProblemError, invalid
from kalevi.channels.api.receiving import Keeping, id_of, ready_of, receive_one
from kalevi.channels.api.wording import message
from kalevi.interactions.findings import code
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.intake import Received, receive_ready
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.walking import Listing, at_touchpoint, found, walk
from kalevi.journeys.models import Touchpoint

router = Router(tags=["Interactions"])
_LOOKED_AT, MOST_REJECTS = 2_000, 100


@router.post(
    "/interactions",
    response={202: outgoing.Receipt, **PROBLEMS},
    summary="Send one interaction",
    openapi_extra=takes(schemas.Interaction),
)
@needs("interactions:write")
def post_interaction(request: HttpRequest) -> HttpResponse:
    """Store what a customer said, scored or felt. The answer comes once it is durably stored; it is read
    at once after, so that it stands under its id within seconds.

    It is known again by your `id`, else by the Idempotency-Key, else by all that it says. The same `id` with
    other words is kept as a newer version beside the older one.
    """
    raw = body_of(request)
    one = parsed(schemas.INTERACTION, raw)
    keeping = Keeping(scope_of(caller(request)), key_of(request))

    def do() -> Done:
        received, row = receive_one(Item(raw, one, ()), keeping)
        status = "stored" if received.stored else "known"
        return Done(202, {"id": id_of(row, one.occurred_at), "status": status})

    return answered(once(request, raw, do))


@router.post(
    "/interactions/many",
    response={202: outgoing.BulkReceipt, **PROBLEMS},
    summary="Send many interactions",
    openapi_extra=takes(schemas.Interaction, many=True),
)
@needs("interactions:write")
def post_interactions(request: HttpRequest) -> HttpResponse:
    """Store many: a JSON array of 1,000 at most, or lines of JSON (`application/x-ndjson`) of 16 MB at most.

    Items that cannot be understood are kept whole, told in `rejects`, and hold up no other. An array is
    stored all at once; of lines every 1,000 are. After a failure send the same again: nothing is doubled.
    """
    return answered(
        post_many(request, schemas.INTERACTION, Keeping(scope_of(caller(request)), key_of(request)))
    )


def post_many(request: HttpRequest, adapter: Any, keeping: Keeping) -> Done:
    """Receive many things in one or more commits; return what became of them."""
    raw = body_of(request, most=MOST_BULK_BYTES, types=JSON_TYPES + NDJSON_TYPES)
    rejects: list[dict[str, Any]] = []

    def looked_at() -> Iterator[Item]:
        """Yield items one by one, so that none outlives what is made of it."""
        lines = content_type(request) in NDJSON_TYPES
        for place, item in enumerate(items_of(raw, adapter, ndjson=lines)):
            if item.errors and len(rejects) < MOST_REJECTS:
                rejects.append({"index": place, "errors": [error._asdict() for error in item.errors]})
            yield item

    ready = ready_of(looked_at(), keeping)
    parts = [ready[begin : begin + MOST_ITEMS] for begin in range(0, len(ready), MOST_ITEMS)]
    counted: dict[int, Received] = {}

    def keep(place: int) -> None:
        counted[place] = receive_ready(
            source=keeping.source, scope=keeping.scope, ready=parts[place], at=timezone.now()
        )

    def do() -> Done:
        if parts:
            keep(len(parts) - 1)
        told = counted.values()
        body = {
            "received": len(ready),
            "stored": sum(one.stored for one in told),
            "known": sum(one.known for one in told),
            "rejected": sum(one.rejected for one in told),
        }
        return Done(202, body | {"rejects": rejects})

    return once(request, raw, do, before=[partial(keep, place) for place in range(len(parts) - 1)])


@dataclass(frozen=True, slots=True)
class _Asked:
    lists: list[Listing]
    above: int | None
    below: int | None


Finding = Annotated[str | None, Field(max_length=40)]


class Wanted(BaseModel):
    """What the list is narrowed down to; everything given must hold at once."""

    since: schemas.Moment | None = Field(None, description="What happened at this time or later.")
    until: schemas.Moment | None = Field(None, description="What happened before this time.")
    contact_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    touchpoint: schemas.Key | None = None
    feeling: (
        Literal["anger", "anticipation", "disgust", "fear", "joy", "sadness", "surprise", "trust"] | None
    ) = Field(None, description="A feeling that was read.")
    hot: Literal["dream", "problem", "need"] | None = None
    theme: Finding = None
    mark: Finding = None
    sentiment: Literal["positive", "negative", "neutral", "mixed"] | None = None
    language: Literal["fi", "sv", "en", "und"] | None = None
    channel: schemas.ChannelKey | None = None
    source: Annotated[str, Field(pattern=r"^[a-z0-9._-]{1,40}$")] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=60)] | None = Field(
        None, description="`next` of the page before."
    )


@router.get(
    "/interactions",
    response={200: outgoing.InteractionPage, **PROBLEMS},
    summary="Read interactions, newest first",
)
@needs("interactions:read")
def get_interactions(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """Return a page of interactions. A page may hold fewer than asked for: go on while `next` is no null."""
    asked, before = _asked(wanted), number_from(wanted.cursor)
    if asked is None:
        return answer({"items": [], "next": None})
    below = asked.below if before is None else before if asked.below is None else min(before, asked.below)
    plain = wanted.channel is None and wanted.source is None
    most = wanted.limit + 1 if plain else _LOOKED_AT
    if asked.lists:
        met = walk(asked.lists, above=asked.above, below=below, most=most)
        ids, reached = list(met.ids), met.reached
    else:
        ids, reached = _all(asked.above, below, most), None
    if len(ids) == most:
        reached = ids[-2] if plain else ids[-1]
        ids = ids[:-1] if plain else ids
    if not plain:
        ids, last = _fitting(ids, wanted), reached
        if len(ids) > wanted.limit:
            ids = ids[: wanted.limit]
            last = ids[-1]
        reached = last
    return answer({"items": presenting.interactions(ids), "next": cursor(reached)})


def _all(above: int | None, below: int | None, most: int) -> list[int]:
    every = Interaction.objects.order_by("-pk")
    if above is not None:
        every = every.filter(pk__gt=above)
    if below is not None:
        every = every.filter(pk__lt=below)
    return list(every.values_list("pk", flat=True)[:most])


def _fitting(ids: list[int], wanted: Wanted) -> list[int]:
    fitting = Interaction.objects.filter(pk__in=ids)
    if wanted.channel is not None:
        fitting = fitting.filter(channel=wanted.channel)
    if wanted.source is not None:
        fitting = fitting.filter(source=wanted.source)
    return sorted(fitting.values_list("pk", flat=True), reverse=True)


def _asked(wanted: Wanted) -> _Asked | None:
    """Return what to walk; None when nothing can match. Raises ProblemError for an unknown finding."""
    lists: list[Listing] = []
    for kind in ("feeling", "hot", "theme", "mark", "sentiment", "language"):
        key = getattr(wanted, kind)
        if key is None:
            continue
        try:
            lists.append(found(code(kind, key)))
        except KeyError:
            raise invalid(kind, "unknown_finding", message("unknown_finding")) from None
    if wanted.contact_id is not None:
        lists.append(Listing("interactions_interaction", "id", "{0}.contact_id = %s", (wanted.contact_id,)))
    if wanted.touchpoint is not None:
        place = Touchpoint.objects.filter(key=wanted.touchpoint).values_list("pk", flat=True).first()
        if place is None:
            return None
        lists.append(at_touchpoint(place))
    above = earliest_id(wanted.since) - 1 if wanted.since else None
    below = earliest_id(wanted.until) if wanted.until else None
    return _Asked(lists, above, below)


@router.get(
    "/interactions/{interaction_id}",
    response={200: outgoing.InteractionOut, **PROBLEMS},
    summary="Read one interaction",
)
@needs("interactions:read")
def get_interaction(request: HttpRequest, interaction_id: str) -> HttpResponse:
    """Return one interaction. What was sent a moment ago may not be read yet: then there is none."""
    shown = presenting.interactions([number(interaction_id)])
    if not shown:
        raise ProblemError("not-found")
    return answer(shown[0])
