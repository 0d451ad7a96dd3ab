"""The room `webhooks`."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.webhooks"
    default_auto_field = "django.db.models.BigAutoField"
