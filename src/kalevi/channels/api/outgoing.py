"""What callers are given, as types: the reference is made of them."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field


class Receipt(BaseModel):
    """Stored, durably. `known` means that the same was there already: nothing is stored twice."""

    id: str = Field(description="Under this id it will stand, as soon as it has been read.")
    status: Literal["stored", "known"]


class Counted(BaseModel):
    """Stored, durably. `known` means that the same was there already: nothing is stored twice."""

    status: Literal["stored", "known"]


class Rejected(BaseModel):
    """An item that needs a look: it is kept whole and can be tried again."""

    index: int
    errors: list["Wrong"]


class Wrong(BaseModel):
    """What is wrong, where, and what to do."""

    at: str
    key: str
    message: str


class BulkReceipt(BaseModel):
    """What became of many items: received = stored + known + rejected."""

    received: int
    stored: int
    known: int
    rejected: int
    rejects: list[Rejected] = Field(description="The first hundred of the rejected.")


class ProblemOut(BaseModel):
    """A problem in plain words (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = []


class ScoreOut(BaseModel):
    """A score on its own scale."""

    kind: str
    value: float
    low: float
    high: float


class Found(BaseModel):
    """One thing that was read, how sure (0 to 1), and from which characters of the words."""

    key: str
    confidence: float
    evidence: list[tuple[int, int]]
    intensity: float | None = None


class ReadingOut(BaseModel):
    """What a named model read: a guess. What the customer told outranks it."""

    model: str
    language: str
    sentiment: str
    feelings: list[Found]
    hots: list[Found]
    themes: list[Found]
    marks: list[Found]


class OwnThemeOut(BaseModel):
    """One of the company's own themes, and the characters of the words that carry it."""

    key: str
    name: str
    evidence: list[tuple[int, int]]


class InteractionOut(BaseModel):
    """One interaction with what was told and read of it."""

    id: str
    occurred_at: datetime
    received_at: datetime
    channel: str
    kind: str
    from_us: bool
    told_by_colleague: bool
    words: str | None
    erased: bool
    language: str
    contact_id: str | None
    touchpoint: str | None
    score: ScoreOut | None
    feelings: list[str] = Field(description="As the customer told them.")
    strengths: list[int | None] = Field(description="How strongly, from 1 to 3, one for each of `feelings`.")
    expectation: str | None
    outcome: str | None
    source: str
    reference: str | None
    older_version: str | None
    answers: str | None
    reading: ReadingOut | None
    own_themes: list[OwnThemeOut] = Field(description="By their seed words as they stand now.")


class InteractionPage(BaseModel):
    """Newest first. A page may hold fewer than asked for, even none: go on while there is a cursor."""

    items: list[InteractionOut]
    next: str | None


class ContactReceipt(BaseModel):
    """Who it is, and whether they were added or known."""

    id: str
    status: Literal["added", "known"]


class ContactOut(BaseModel):
    """A customer."""

    id: str
    external_id: str | None = Field(description="Your own id, where there is one.")
    name: str
    email: str
    phone: str
    language: str
    account_id: str | None
    side: str
    stage: str
    in_peace_since: datetime | None
    erased: bool
    merged_into: str | None


class ErasureOut(BaseModel):
    """That somebody was erased, for good and from every copy."""

    id: str
    erased_at: datetime


class AccountOut(BaseModel):
    """An organisation."""

    id: str
    external_id: str | None
    name: str
    business_id: str
    line_of_business: str


class DifferenceOut(BaseModel):
    """A line that came otherwise than ordered."""

    item: str
    ordered: float
    delivered: float


class OrderOut(BaseModel):
    """An order as it stands by what was told; null where nobody has told."""

    id: str
    order: str | None
    contact_id: str | None
    account_id: str | None
    ordered_at: datetime | None
    first_promised_for: datetime | None
    promised_for: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    returned_at: datetime | None
    complete: bool | None
    differences: list[DifferenceOut]
    late_minutes: float | None = Field(description="By the first promise: until delivery, or until now.")


class OrderPage(BaseModel):
    """Newest first."""

    items: list[OrderOut]
    next: str | None


Export = dict[str, Any]
