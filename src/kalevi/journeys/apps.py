"""The room `journeys`."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.journeys"
    default_auto_field = "django.db.models.BigAutoField"
