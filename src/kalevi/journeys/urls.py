"""Addresses of the room `journeys`."""

from django.urls import path

from kalevi.journeys.views.settings import begin, journey_settings, move, stage_settings, touchpoint_settings

urlpatterns = [
    path("settings/journey/", journey_settings, name="journey_settings"),
    path("settings/journey/begin/", begin, name="begin_journey"),
    path("settings/journey/stage/", stage_settings, name="add_stage"),
    path("settings/journey/stage/<int:stage_id>/", stage_settings, name="stage_settings"),
    path("settings/journey/stage/<int:stage_id>/move/", move, name="move_stage"),
    path("settings/journey/touchpoint/", touchpoint_settings, name="add_touchpoint"),
    path("settings/journey/touchpoint/<int:touchpoint_id>/", touchpoint_settings, name="touchpoint_settings"),
]
