"""The channel `invitations`: whom to ask, and whom not."""

from django.apps import AppConfig


class InvitationsConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.invitations"
    label = "channels_invitations"
    default_auto_field = "django.db.models.BigAutoField"
