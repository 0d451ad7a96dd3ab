"""The room `orders`."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.orders"
    default_auto_field = "django.db.models.BigAutoField"
