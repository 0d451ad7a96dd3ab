"""Addresses of the channel."""

from django.urls import path

from kalevi.channels.invitations.views import decisions, peace, settings

urlpatterns = [
    path("i/<slug:link>/", peace.no_more, name="invitation_no_more"),
    path("invitations/", decisions.decisions, name="invitation_decisions"),
    path("invitations/<int:number>/revoke/", decisions.revoke_link, name="invitation_revoke"),
    path("customers/<int:number>/ask/", decisions.ask, name="invite"),
    path("settings/invitations/", settings.invitations, name="invitation_settings"),
    path("settings/invitations/occasion/", settings.begin, name="occasion_begin"),
    path("settings/invitations/occasion/<int:number>/end/", settings.end, name="occasion_end"),
]
