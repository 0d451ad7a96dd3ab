"""Addresses of the API, of its reference, and of its settings."""

from django.urls import include, path

from kalevi.channels.api.service import ROOT, addresses, last_address

urlpatterns = [
    path(ROOT, include([*addresses(), last_address()])),
]
