"""Addresses of the room `people`: signing in, invitations, colleagues."""

from django.urls import include, path, re_path

from kalevi.people.views.entrance import not_in_use
from kalevi.people.views.profile import profile

CLOSED = r"^account/(signup|email|confirm-email|password/reset|password/set|login/code|3rdparty)(/|$)"

urlpatterns = [
    path("settings/profile/", profile, name="profile"),
    # What allauth offers beyond our sign-in is answered by one page, before its own addresses.
    re_path(CLOSED, not_in_use),
    path("account/", include("allauth.urls")),
]
