"""Guards are put up after every migration, and verified there."""

from typing import Any

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models.signals import post_migrate


class GuardsConfig(AppConfig):
    """Installs and verifies the guards once all tables of a migration stand."""

    name = "kalevi.guards"

    def ready(self) -> None:
        """Connect to the end of `migrate`."""
        post_migrate.connect(_guard, dispatch_uid="kalevi.guards")


def _guard(*, using: str, **kwargs: Any) -> None:
    from kalevi.guards.frozen import install, missing

    connection = connections[using]
    if missing(connection):
        install(connection)
    if left := missing(connection):
        raise ImproperlyConfigured(f"guards do not stand: {', '.join(left)}")
