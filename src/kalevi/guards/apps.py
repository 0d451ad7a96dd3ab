"""Guards are put up after every migration, and verified there."""

from typing import Any

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class GuardsConfig(AppConfig):
    """Installs and verifies the guards once all tables of a migration stand."""

    name = "kalevi.guards"

    def ready(self) -> None:
        """Connect to the beginning and the end of `migrate`."""
        pre_migrate.connect(_make_way, dispatch_uid="kalevi.guards")
        post_migrate.connect(_guard, dispatch_uid="kalevi.guards")


def _make_way(*, using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    from kalevi.guards.frozen import make_way

    if plan:
        make_way(connections[using])


def _guard(*, using: str, **kwargs: Any) -> None:
    from kalevi.guards.frozen import install, missing

    connection = connections[using]
    if missing(connection):
        install(connection)
    if left := missing(connection):
        raise ImproperlyConfigured(f"guards do not stand: {', '.join(left)}")
