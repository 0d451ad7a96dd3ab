"""The room `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Django's name for the room."""

    name = "kalevi.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ask administrators why they look, before every page with customers' words."""
        from kalevi.people.reasons import ask_for_reason
        from kalevi.shell.access import ask_before_words

        ask_before_words(ask_for_reason)
