"""Addresses of the room `reports`."""

from django.urls import path

from kalevi.reports.views.own import own
from kalevi.reports.views.today import today, today_live, waiting

urlpatterns = [
    path("", today, name="today"),
    path("today/waiting/", waiting, name="today_waiting"),
    path("today/live/", today_live, name="today_live"),
    path("today/own/", own, name="own_figures"),
]
