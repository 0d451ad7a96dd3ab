"""How colleagues are told of promises: the room of alerts tells them, as `config.wiring` says."""

from collections.abc import Callable
from datetime import datetime

from kalevi.people.models import Colleague

# Colleague, what is said (no name and no word of a customer), address, key of the once, now.
Teller = Callable[[Colleague, str, str, str, datetime], None]
_tellers: list[Teller] = []


def tell_with(teller: Teller) -> None:
    """Say who tells colleagues: in the way and outside the hours they chose."""
    if teller not in _tellers:
        _tellers.append(teller)


def tell(colleague: Colleague, words: str, address: str, key: str, now: datetime) -> None:
    """Tell a colleague something, once for each key, inside the caller's transaction."""
    for teller in _tellers:
        teller(colleague, words, address, key, now)
