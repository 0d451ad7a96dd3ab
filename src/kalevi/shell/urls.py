"""Addresses of the shell's own pages."""

from django.urls import path

from kalevi.shell.views.language import change_language
from kalevi.shell.views.overview import settings_overview

urlpatterns = [
    path("language/", change_language, name="language"),
    path("settings/", settings_overview, name="settings"),
]
