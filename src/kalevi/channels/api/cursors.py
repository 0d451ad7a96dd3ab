"""Cursors: where a list goes on, opaque to callers."""

import base64
import binascii
from typing import TypeVar

from django.db.models import Model, QuerySet

from kalevi.channels.api.problems import invalid
from kalevi.channels.api.wording import message

Row = TypeVar("Row", bound=Model)


def cursor(number: int | None) -> str | None:
    """Return the cursor of an id; None at the end."""
    return None if number is None else base64.urlsafe_b64encode(f"k{number}".encode()).decode().rstrip("=")


def page_of(rows: QuerySet[Row], limit: int) -> tuple[list[Row], str | None]:
    """Return so many rows at most, and the cursor of where the list goes on."""
    found = list(rows[: limit + 1])
    return found[:limit], cursor(found[limit - 1].pk if len(found) > limit else None)


def number_from(text: str | None) -> int | None:
    """Return the id of a cursor; None without one. Raises ProblemError for what we never gave."""
    if not text:
        return None
    try:
        plain = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
        number = int(plain[1:]) if plain[:1] == "k" and len(plain) < 22 else None
    except (binascii.Error, ValueError):
        number = None
    if number is None or abs(number) >= 2**63:
        raise invalid("cursor", "bad_cursor", message("bad_cursor"))
    return number
