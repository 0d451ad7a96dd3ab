"""The room `promises`."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.promises"
    default_auto_field = "django.db.models.BigAutoField"
