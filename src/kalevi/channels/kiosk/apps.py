"""The channel `kiosk`: four faces on a screen."""

from django.apps import AppConfig


class KioskConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.kiosk"
    label = "channels_kiosk"
    default_auto_field = "django.db.models.BigAutoField"
