"""The room `reports`."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.reports"
    default_auto_field = "django.db.models.BigAutoField"
