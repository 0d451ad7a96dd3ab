"""The room `shell`."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.shell"
    default_auto_field = "django.db.models.BigAutoField"
