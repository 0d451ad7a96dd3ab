"""The channel `survey`: questions asked, and answers kept as they were given."""

from django.apps import AppConfig


class SurveyConfig(AppConfig):
    """Django's name for the channel."""

    name = "kalevi.channels.survey"
    label = "channels_survey"
    default_auto_field = "django.db.models.BigAutoField"
