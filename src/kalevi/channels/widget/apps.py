"""The channel `widget`: a survey on other pages."""

from django.apps import AppConfig


class WidgetConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.widget"
    label = "channels_widget"
    default_auto_field = "django.db.models.BigAutoField"
