"""The channel `email`: mailboxes in, answers out."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.email"
    label = "channels_email"
    default_auto_field = "django.db.models.BigAutoField"
