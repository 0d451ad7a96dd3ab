"""Addresses of the channel."""

from django.urls import path

from kalevi.channels.survey.views import public

urlpatterns = [
    path("s/<slug:key>", public.survey, name="survey_public"),
    path("s/<slug:key>/<slug:language>", public.survey, name="survey_public_in"),
    path("s/<slug:key>/thanks/<slug:language>", public.thanks, name="survey_thanks"),
]
