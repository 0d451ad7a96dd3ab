"""Addresses of the room `reports`."""

from django.urls import path

from kalevi.reports.views.today import today, today_live

urlpatterns = [
    path("", today, name="today"),
    path("today/live/", today_live, name="today_live"),
]
