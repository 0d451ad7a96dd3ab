"""Reads of the room `people`."""

from kalevi.people.queries.colleagues import (
    colleagues_for_administrator,
    digest,
    is_alone,
    open_invitation,
)

__all__ = ["colleagues_for_administrator", "digest", "is_alone", "open_invitation"]
