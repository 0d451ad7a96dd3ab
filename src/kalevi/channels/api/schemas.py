"""What callers send, as strict types: nothing is guessed, nothing unknown is passed over."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from kalevi.interactions.ids import EARLIEST, LATEST

MOST_WORDS = 100_000
AHEAD = timedelta(days=2)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")

ChannelKey = Literal[
    "email", "phone", "counter", "survey", "web_form", "chat", "social_media", "review", "post",
    "word_of_mouth", "system", "other",
]  # fmt: skip


def _possible(at: datetime) -> datetime:
    if EARLIEST <= at < LATEST:
        return at
    raise ValueError("date_too_old" if at < EARLIEST else "date_in_future")


class _Clock:
    """The time, looked at once a minute: an item of a thousand has microseconds."""

    looked_at = 0.0
    wall = datetime.min  # noqa: DTZ901  compared with wall clocks


def _happened(at: datetime) -> datetime:
    now = time.time()
    if not 0 <= now - _Clock.looked_at < 60:
        _Clock.looked_at, _Clock.wall = now, datetime.fromtimestamp(now, UTC).replace(tzinfo=None)
    # What is past by the wall clock of wherever it was cannot be two days ahead.
    if at.year > EARLIEST.year and at.replace(tzinfo=None) <= _Clock.wall:
        return at
    if EARLIEST <= at <= datetime.now(UTC) + AHEAD:
        return at
    raise ValueError("date_too_old" if at < EARLIEST else "date_in_future")


def _email(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise ValueError("bad_email")
    return text


Past = Annotated[AwareDatetime, AfterValidator(_happened)]
Moment = Annotated[AwareDatetime, AfterValidator(_possible)]
Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]


class Sent(BaseModel):
    """What a caller sends."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Person(Sent):
    """Who it was. Somebody is recognised by `external_id`, `email` or `phone`, never by name alone."""

    external_id: Id | None = Field(None, description="Your id of this customer.")
    email: Email = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    name: Annotated[str, Field(max_length=200)] = ""
    language: Literal["fi", "sv", "en", ""] = ""
    account: Annotated[str, Field(max_length=200)] = Field("", description="Name of their organisation.")


class Score(Sent):
    """A score on its own scale, kept as it was given."""

    kind: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,20}$")] = Field(
        "score", examples=["nps", "csat", "ces"]
    )
    value: Number
    low: Number
    high: Number

    @model_validator(mode="after")
    def _on_its_scale(self) -> "Score":
        if not self.low < self.high or not self.low <= self.value <= self.high:
            raise ValueError("bad_scale")
        return self


class Answer(Sent):
    """What we answered."""

    words: Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]
    occurred_at: Past | None = None


class Interaction(Sent):
    """One thing that happened between a customer and us, as it was told."""

    # Without a pattern: for an item of a thousand it costs as much as all the rest of its id.
    id: Annotated[str, Field(min_length=1, max_length=200)] | None = Field(
        None, description="Your id of it. The same id with other words is a newer version."
    )
    words: Annotated[str, Field(max_length=MOST_WORDS)] | None = Field(
        None, description="The customer's own words, exactly as they were said."
    )
    occurred_at: Past | None = Field(None, description="When it happened; the time of receipt when left out.")
    language: Language | None = None
    channel: ChannelKey = "other"
    kind: Literal["encounter", "message", "feedback", "event"] = "feedback"
    touchpoint: Key | None = Field(None, description="Key of a touchpoint from Settings > Journey.")
    contact: Person | None = None
    score: Score | None = None
    # Tuples: an empty list as a default is copied for each item, which took a fifth of a whole request.
    feelings: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(max_length=10)
    ] = Field((), description="What the customer said they felt, in the words they chose.")
    strengths: Annotated[tuple[Annotated[int, Field(ge=1, le=3)] | None, ...], Field(max_length=10)] = Field(
        (), description="How strongly, from 1 to 3: one for each of `feelings`, null where it was not told."
    )
    expectation: Annotated[str, Field(max_length=5_000)] | None = None
    outcome: Literal["better", "as_expected", "worse"] | None = None
    told_by_colleague: bool = Field(
        False, description="True when a colleague retells what the customer said."
    )
    reply: Answer | None = Field(None, description="What we answered, if it came along.")

    @model_validator(mode="after")
    def _says_something(self) -> "Interaction":
        if self.strengths and len(self.strengths) != len(self.feelings):
            raise ValueError("strengths_of_feelings")
        if self.score or self.feelings or self.reply or self.outcome:
            return self
        if not (self.words and not self.words.isspace()) and not (self.expectation or "").strip():
            raise ValueError("nothing_said")
        return self


class Contact(Person):
    """A customer to add or to change. Fields that are left out stay as they are."""

    external_id: Id | None = Field(None, description="Your id of this customer.")
    side: Literal["customer", "audience"] | None = None
    account_external_id: Id | None = Field(None, description="Your id of their organisation.")

    @model_validator(mode="after")
    def _can_be_recognised(self) -> "Contact":
        if not (self.external_id or self.email or self.phone):
            raise ValueError("no_identity")
        return self


class Asked(Sent):
    """By what somebody or something is looked for; one is enough."""

    external_id: Id | None = None
    email: Email = ""
    phone: Annotated[str, Field(max_length=40)] = ""

    @model_validator(mode="after")
    def _says_whom(self) -> "Asked":
        if not (self.external_id or self.email or self.phone):
            raise ValueError("no_identity")
        return self


class Account(Sent):
    """An organisation to add or to change. Fields that are left out stay as they are."""

    external_id: Id = Field(description="Your id of this organisation.")
    name: Annotated[str, Field(min_length=1, max_length=200)]
    business_id: Annotated[str, Field(max_length=20)] | None = None
    line_of_business: Annotated[str, Field(max_length=200)] | None = None


class AskedAccount(Sent):
    """By which id an organisation is looked for."""

    external_id: Id


class OrderLine(Sent):
    """One line of an order or a delivery."""

    item: Id = Field(description="By what you know it, such as an article number.")
    name: Annotated[str, Field(max_length=200)] = ""
    quantity: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] = 1
    unit: Annotated[str, Field(max_length=20)] = ""


class OrderEvent(Sent):
    """One thing that happened to an order."""

    order: Id = Field(description="Your number of the order.")
    event: Literal["ordered", "promised", "shipped", "delivered", "cancelled", "returned"]
    id: Id | None = Field(
        None, description="Your id of this event. Without one, order, event and time are it."
    )
    occurred_at: Past
    promised_for: Moment | None = Field(
        None, description="The last moment that was promised to the customer."
    )
    complete: bool | None = Field(None, description="Whether everything was there, as far as you know.")
    lines: Annotated[tuple[OrderLine, ...], Field(max_length=500)] = Field(default_factory=tuple)
    contact: Person | None = None
    account_external_id: Id | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> "OrderEvent":
        if self.event == "promised" and self.promised_for is None:
            raise ValueError("no_promise")
        if self.promised_for is not None and self.event not in ("ordered", "promised"):
            raise ValueError("promise_where_none")
        if self.complete is not None and self.event != "delivered":
            raise ValueError("complete_where_none")
        return self


INTERACTION: TypeAdapter[Interaction] = TypeAdapter(Interaction)
ORDER_EVENT: TypeAdapter[OrderEvent] = TypeAdapter(OrderEvent)
PERSON: TypeAdapter[Person] = TypeAdapter(Person)
CONTACT: TypeAdapter[Contact] = TypeAdapter(Contact)
ASKED: TypeAdapter[Asked] = TypeAdapter(Asked)
ACCOUNT: TypeAdapter[Account] = TypeAdapter(Account)
ASKED_ACCOUNT: TypeAdapter[AskedAccount] = TypeAdapter(AskedAccount)


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of what is sent, with references into the description of the API."""
    return model.model_json_schema(ref_template="#/components/schemas/{model}")
