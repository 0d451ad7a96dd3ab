"""What else may be done with an interaction: rooms below offer it, the pages of interactions show it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague


@dataclass(frozen=True, slots=True)
class Way:
    """A link beside an interaction: what it says, where it leads, its icon."""

    label: str | Promise
    address: str
    icon: str = ""


Ways = Callable[[Interaction, Colleague], Iterable[Way]]
_offered: list[Ways] = []


def offer(ways: Ways) -> None:
    """Add ways: of an interaction, for who looks at it. They ask the database nothing."""
    if ways not in _offered:
        _offered.append(ways)


def ways_for(interaction: Interaction, colleague: Colleague) -> list[Way]:
    """Return the ways on from one interaction."""
    return [way for ways in _offered for way in ways(interaction, colleague)]
