"""What a source tells of an order: plain values, before anything is stored."""

from datetime import datetime
from typing import NamedTuple

from kalevi.people.recognition import Person


class Line(NamedTuple):
    """One line: by what it is known, what it is called, how many of which unit."""

    item: str
    name: str = ""
    quantity: float = 1
    unit: str = ""


class Happened(NamedTuple):
    """One event of one order; `kind` is one of `models.Event.Kind`."""

    scope: str
    reference: str
    kind: str
    occurred_at: datetime
    promised_for: datetime | None = None
    complete: bool | None = None
    lines: tuple[Line, ...] = ()
    person: Person | None = None
    account_id: int | None = None
