"""Wires the rooms together once all of them are loaded."""

from django.apps import AppConfig


class ConfigAppConfig(AppConfig):
    """The last application: by its `ready` every model stands."""

    name = "kalevi.config"

    def ready(self) -> None:
        """Fill the registries through which rooms above reach rooms below."""
        from kalevi.config.wiring import wire

        wire()
