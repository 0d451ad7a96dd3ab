"""Addresses of the channel: the short ones are for customers."""

from django.urls import path

from kalevi.channels.survey.views import builder, public, surveys

urlpatterns = [
    path("s/<slug:key>", public.survey, name="survey_public"),
    path("s/<slug:key>/<slug:language>", public.survey, name="survey_public_in"),
    path("s/<slug:key>/thanks/<slug:language>", public.thanks, name="survey_thanks"),
    path("surveys/", surveys.surveys, name="surveys"),
    path("surveys/begin/", surveys.begin, name="survey_begin"),
    path("surveys/<int:survey_id>/", surveys.survey, name="survey"),
    path("surveys/new/", builder.begin_empty, name="survey_new"),
    path("surveys/<int:survey_id>/edit/", builder.edit, name="survey_edit"),
    path("surveys/<int:survey_id>/preview/", builder.preview, name="survey_preview"),
    path("surveys/<int:survey_id>/state/", surveys.change_state, name="survey_state"),
    path("surveys/<int:survey_id>/aside/", surveys.aside, name="survey_aside"),
    path("surveys/<int:survey_id>/aside/take-up/", surveys.take_up, name="survey_take_up"),
    path("surveys/<int:survey_id>/answers.csv", surveys.export, name="survey_export"),
    path("surveys/<int:survey_id>/answers.parquet", surveys.export_parquet, name="survey_export_parquet"),
]
