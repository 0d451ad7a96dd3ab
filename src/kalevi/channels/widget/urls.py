"""Addresses of the channel."""

from django.urls import path

from kalevi.channels.widget.views import public, settings

urlpatterns = [
    path("w/widget.js", public.script, name="widget_script"),
    path("w/<slug:key>", public.survey, name="widget_survey"),
    path("settings/widget/", settings.widgets, name="widgets"),
    path("settings/widget/<int:number>/", settings.widget, name="widget"),
    path("settings/widget/site/<int:number>/remove/", settings.remove, name="widget_site_remove"),
]
