"""The room `approaches`."""

from django.apps import AppConfig


class ApproachesConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.approaches"
    default_auto_field = "django.db.models.BigAutoField"
