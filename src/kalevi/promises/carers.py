"""Who would keep a promise, and which people are a team: rooms below know, as `config.wiring` says."""

from collections.abc import Callable, Mapping

# Contact -> the colleague who carries their matter, None where nobody does.
Carrier = Callable[[int], int | None]
# Touchpoint -> the colleagues who take care of it.
Carers = Callable[[], Mapping[int, frozenset[int]]]
_carriers: list[Carrier] = []
_carers: list[Carers] = []


def carried_with(carrier: Carrier) -> None:
    """Say who knows by whom a contact's matter is carried."""
    if carrier not in _carriers:
        _carriers.append(carrier)


def cared_for_with(carers: Carers) -> None:
    """Say who knows which colleagues take care of which touchpoint."""
    if carers not in _carers:
        _carers.append(carers)


def carrier_of(contact_id: int) -> int | None:
    """Return the colleague who carries something of a contact's, None where nobody does."""
    return next((found for ask in _carriers if (found := ask(contact_id)) is not None), None)


def carers() -> Mapping[int, frozenset[int]]:
    """Return who takes care of each touchpoint; touchpoints that nobody has in particular are missing."""
    return {key: team for ask in _carers for key, team in ask().items()}
