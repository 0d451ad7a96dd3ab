"""Rooms below hear of what happens to cases, after it is stored: alerts, pages that are alive."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from kalevi.cases.models import Case

_listeners: list[Callable[[str, int], None]] = []


def when_a_case_changes(listener: Callable[[str, int], None]) -> None:
    """Call with what happened (opened, joined, offered, taken …) and the case's id, after the commit."""
    _listeners.append(listener)


def tell(happened: str, case: Case) -> None:
    """Tell every listener once the transaction is stored; one that fails keeps nobody from hearing."""
    for listener in _listeners:
        transaction.on_commit(partial(listener, happened, case.pk), robust=True)
