"""Addresses of the API, of its reference, and of its settings."""

from django.urls import include, path

from kalevi.channels.api import views
from kalevi.channels.api.service import ROOT, addresses, last_address

urlpatterns = [
    path("settings/api/", views.api_settings, name="api_settings"),
    path("settings/api/again/", views.try_again, name="api_try_again"),
    path("settings/api/<int:token_id>/end/", views.revoke, name="api_revoke"),
    path(f"{ROOT}docs", views.docs, name="api_reference"),
    path(ROOT, include([*addresses(), last_address()])),
]
