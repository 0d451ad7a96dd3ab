"""Handing an invitation over to whatever sends mail: `config` says what that is."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail. The same `key` is the same mail; `unsubscribe` is where its reader asks for no more."""

    to: str
    subject: str
    text: str
    html: str
    language: str
    contact_id: int
    key: str
    unsubscribe: str


class Carrier(Protocol):
    """What sends mail."""

    def can_send(self) -> bool:
        """Whether anything can be sent."""

    def carry(self, letter: Letter) -> None:
        """Take a letter in the caller's transaction. Raises UndeliverableError."""


class UndeliverableError(Exception):
    """The letter cannot be sent; the argument is "no_address" or "no_server"."""


_carrier: list[Carrier] = []


def deliver_with(carrier: Carrier) -> None:
    """Say what sends mail."""
    _carrier[:] = [carrier]


def can_send() -> bool:
    """Whether invitations can be sent."""
    return bool(_carrier) and _carrier[0].can_send()


def deliver(letter: Letter) -> None:
    """Hand a letter over. Raises UndeliverableError."""
    if not _carrier:
        raise UndeliverableError("no_server")
    _carrier[0].carry(letter)
