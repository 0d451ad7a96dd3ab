"""Addresses of the shell's own pages."""

from django.urls import path

from kalevi.shell.views.company import calendar_settings, closed_days_from_file, company_settings
from kalevi.shell.views.language import change_language
from kalevi.shell.views.overview import settings_overview

urlpatterns = [
    path("language/", change_language, name="language"),
    path("settings/", settings_overview, name="settings"),
    path("settings/company/", company_settings, name="company_settings"),
    path("settings/calendar/", calendar_settings, name="calendar_settings"),
    path("settings/calendar/file/", closed_days_from_file, name="closed_days_from_file"),
]
