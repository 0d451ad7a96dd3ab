"""Endpoints of rooms that stand on the API. Putting the API together takes half a second, so few should."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ninja import Router

_offered: list[str] = []


def offer(module: str) -> None:
    """Add a module's `router`, imported when the API is put together: by who serves it, not by a worker."""
    if module not in _offered:
        _offered.append(module)


def routers() -> "list[Router]":
    """Return what was offered."""
    return [import_module(module).router for module in _offered]
