"""Who answers, where the way they came tells: another package sends links and knows them again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Personal:
    """What a personal link tells.

    `identity` (16 bytes) is the same for every answer by one link: an answer by it is then a newer version
    beside the older. `identities` are (kind, value) by which the person is recognised, such as
    ("contact", "12"); `more` is remembered with the answer as it came.
    """

    identity: bytes
    identities: tuple[tuple[str, str], ...]
    more: dict[str, Any] = field(default_factory=dict)


Knower = Callable[[str, int], Personal | None]
_knowers: list[Knower] = []


def know_with(knower: Knower) -> None:
    """Say how a personal link is known: from its text and the survey's id; None when it does not hold (any
    more). Such an answer is kept too, as from nobody in particular.
    """
    _knowers.append(knower)


def known(link: str, survey_id: int) -> Personal | None:
    """Return what a personal link tells."""
    return next((found for knower in _knowers if (found := knower(link, survey_id))), None)
