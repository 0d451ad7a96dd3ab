"""The channel `api`: other systems."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.api"
    label = "channels_api"
    default_auto_field = "django.db.models.BigAutoField"
