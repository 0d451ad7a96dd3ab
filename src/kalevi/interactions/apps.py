"""The room `interactions`."""

from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.interactions"
    default_auto_field = "django.db.models.BigAutoField"
