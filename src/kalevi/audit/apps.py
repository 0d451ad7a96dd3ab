"""The room `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.audit"
    default_auto_field = "django.db.models.BigAutoField"
