"""What a channel makes of one intake row: plain values, before anything is stored."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from kalevi.interactions.models import Channel, Intake, Kind
from kalevi.people.recognition import Person


class Score(NamedTuple):
    """A raw value on its own scale, such as 9 of 0 to 10 for `nps`."""

    kind: str
    value: float
    low: float
    high: float


class Told(NamedTuple):
    """One interaction to store. `part` tells several of one intake row apart; part 1 answers part 0.

    `answers` is the id of an interaction stored before, whose contact the answer is given to. `strengths`
    (1 to 3) belong to `feelings`, one each or none at all. `beside` is what the channel keeps of it in
    tables of its own: it goes to the channel's keeper (`keep_beside`) in the same transaction.
    """

    occurred_at: datetime
    verbatim: str | None
    channel: str = Channel.OTHER.value
    kind: str = Kind.FEEDBACK.value
    outbound: bool = False
    part: int = 0
    person: Person | None = None
    touchpoint: str = ""
    reference: str | None = None
    language: str = ""
    score: Score | None = None
    expectation: str | None = None
    outcome: str = ""
    feelings: tuple[str, ...] = ()
    told_by_colleague_id: int | None = None
    answers: int | None = None
    strengths: tuple[int | None, ...] = ()
    beside: tuple[object, ...] = ()


class Understood(NamedTuple):
    """What one intake row says: interactions, or the key of the reason why it says none."""

    told: tuple[Told, ...] = ()
    reason: str = ""


Interpreter = Callable[[Sequence[Intake]], Sequence[Understood]]
_interpreters: dict[str, Interpreter] = {}


def interpret_with(source: str, interpreter: Interpreter) -> None:
    """Say which function understands the rows of a source; it never writes and never raises for bad input."""
    _interpreters[source] = interpreter


Keeper = Callable[[Sequence[tuple[int, tuple[object, ...]]]], None]
_keepers: dict[str, Keeper] = {}


def keep_beside(source: str, keeper: Keeper) -> None:
    """Say which function stores what a source tells beside its interactions: (id, `beside`) of each."""
    _keepers[source] = keeper


def keeper(source: str) -> Keeper:
    """Return the keeper of a source. Raises KeyError for one that has none."""
    return _keepers[source]


def interpreter(source: str) -> Interpreter:
    """Return the interpreter of a source. Raises KeyError for an unknown one."""
    return _interpreters[source]
