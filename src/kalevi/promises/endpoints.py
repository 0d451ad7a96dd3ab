"""Promises in the API: to be read; they are given, kept and judged by people."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field

from kalevi.channels.api.auth import needs
from kalevi.channels.api.cursors import number_from, page_of
from kalevi.channels.api.endpoints.answers import PROBLEMS, answer, number
from kalevi.channels.api.problems import ProblemError
from kalevi.promises.models import Promise
from kalevi.promises.presenting import with_words

router = Router(tags=["Promises"])
StateKey = Literal["open", "kept", "late", "broken", "released", "fell_away"]


class PromiseOut(BaseModel):
    """What was promised to one customer, and what became of it by us; theirs stands beside."""

    id: str
    contact_id: str
    state: StateKey
    customer_says: Literal["kept", "late", "broken"] | None
    first_due_at: datetime = Field(description="What the customer heard first: kept or late goes by it.")
    due_at: datetime = Field(description="The newest time they were told.")
    by_day: bool = Field(description="Only a day was promised; the time is the last moment of it.")
    promised_at: datetime | None
    ended_at: datetime | None
    known_from: Literal["written", "noted", "heard", "by_hand"]
    interaction_id: str | None
    touchpoint: str | None
    owner_id: str
    words: str | None = Field(description="None where they were erased.")


class PromisePage(BaseModel):
    """Some promises and where the list goes on."""

    items: list[PromiseOut]
    next: str | None


class PromisesWanted(BaseModel):
    """What the list is narrowed down to."""

    contact_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    state: StateKey | None = None
    due_before: AwareDatetime | None = Field(None, description="Only what is due before this moment.")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, Field(max_length=60)] | None = None


@router.get("/promises", response={200: PromisePage, **PROBLEMS}, summary="Read promises, newest first")
@needs("promises:read")
def get_promises(request: HttpRequest, wanted: Query[PromisesWanted]) -> HttpResponse:
    """Return a page of promises to customers, those that ended among them."""
    found = Promise.objects.select_related("touchpoint").order_by("-pk")
    if wanted.contact_id is not None:
        found = found.filter(contact_id=wanted.contact_id)
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    if wanted.due_before is not None:
        found = found.filter(due_at__lt=wanted.due_before)
    if (before := number_from(wanted.cursor)) is not None:
        found = found.filter(pk__lt=before)
    page, more = page_of(found, wanted.limit)
    return answer({"items": [with_words(one) for one in page], "next": more})


@router.get("/promises/{promise_id}", response={200: PromiseOut, **PROBLEMS}, summary="Read one promise")
@needs("promises:read")
def get_promise(request: HttpRequest, promise_id: str) -> HttpResponse:
    """Return a promise by our id."""
    found = Promise.objects.select_related("touchpoint").filter(pk=number(promise_id)).first()
    if found is None:
        raise ProblemError("not-found")
    return answer(with_words(found))
