"""Addresses of the room `reports`."""

from django.urls import path

from kalevi.reports.views import today

urlpatterns = [path("", today, name="today")]
