"""The channel `file`: exports of other systems, and any table."""

from django.apps import AppConfig


class FileConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.file"
    label = "channels_file"
    default_auto_field = "django.db.models.BigAutoField"
