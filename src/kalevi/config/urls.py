"""Every address, room by room."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kalevi.shell.urls")),
    path("", include("kalevi.jobs.urls")),
    path("", include("kalevi.people.urls")),
    path("", include("kalevi.journeys.urls")),
    path("", include("kalevi.interactions.urls")),
    path("", include("kalevi.webhooks.urls")),
    path("", include("kalevi.channels.api.urls")),
    path("", include("kalevi.channels.email.urls")),
    path("", include("kalevi.channels.file.urls")),
    path("", include("kalevi.channels.kiosk.urls")),
    path("", include("kalevi.channels.widget.urls")),
    path("", include("kalevi.channels.invitations.urls")),
    path("", include("kalevi.channels.survey.urls")),
    path("", include("kalevi.promises.urls")),
    path("", include("kalevi.cases.urls")),
    path("", include("kalevi.approaches.urls")),
    path("", include("kalevi.reports.urls")),
    path("", include("kalevi.people.contact_urls")),
    path("", include("kalevi.reports.customer_urls")),
]
