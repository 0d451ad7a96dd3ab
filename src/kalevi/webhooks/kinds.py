"""The kinds of events there are: rooms offer them in `config.wiring`, with a way to describe each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.webhooks.models import Event

PREFIX = "kalevi."
TEST = "webhook.test"
# Whether the endpoint is told words too; what describes an event looks everything up when it is sent.
Describe = Callable[[Event, bool], dict[str, Any]]


def only_details(event: Event, with_words: bool) -> dict[str, Any]:
    """Return what the event itself says."""
    return dict(event.details)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event: its key (`room.verb`), what people call it, and what receivers are told."""

    key: str
    label: str | Promise
    describe: Describe = only_details


_kinds: dict[str, Kind] = {}


def offer(*kinds: Kind) -> None:
    """Add kinds of events that endpoints may choose."""
    for kind in kinds:
        _kinds[kind.key] = kind


def kinds() -> tuple[Kind, ...]:
    """Return every kind that can be chosen, by key."""
    return tuple(_kinds[key] for key in sorted(_kinds))


def described(event: Event, *, with_words: bool) -> dict[str, Any]:
    """Return the data of an event as it is now: what was erased meanwhile is not told."""
    kind = _kinds.get(event.kind)
    return kind.describe(event, with_words) if kind else only_details(event, with_words)


def label(key: str) -> str:
    """Return what people call a kind."""
    if key == TEST:
        return str(_("a test"))
    return str(_kinds[key].label) if key in _kinds else key
