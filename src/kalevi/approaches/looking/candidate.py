"""Somebody to walk up to, before anybody has asked whether we may."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import timezone

from kalevi.approaches.rule_models import Rule


class Candidate(NamedTuple):
    """Who, for which occasion, what the reason says of it, and the interaction whose words gave it."""

    contact_id: int
    key: str
    facts: dict[str, Any]
    said: int | None = None


# Yields candidates by a rule as of a moment, the first one most fitting; each call gives the same ones.
Finder = Callable[[Rule, datetime], Iterable[Candidate]]


def day_of(at: datetime) -> str:
    """Return a moment's day as facts keep it, in the company's zone."""
    return timezone.localtime(at).date().isoformat()
