"""The room `jobs`."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.jobs"
    default_auto_field = "django.db.models.BigAutoField"
