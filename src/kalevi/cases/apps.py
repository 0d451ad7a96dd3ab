"""The room `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.cases"
    default_auto_field = "django.db.models.BigAutoField"
