"""The room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.people"
    default_auto_field = "django.db.models.BigAutoField"
