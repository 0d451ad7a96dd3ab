"""Addresses of the room `people`: signing in, invitations, colleagues."""

from django.urls import include, path, re_path

from kalevi.people.views.colleagues import colleague_access, new_link, people_and_roles
from kalevi.people.views.entrance import not_in_use
from kalevi.people.views.invitation import invitation
from kalevi.people.views.keeping import privacy_settings, prolong_keeping
from kalevi.people.views.looks import looks
from kalevi.people.views.profile import profile
from kalevi.people.views.reason import reason

CLOSED = r"^account/(signup|email|confirm-email|password/reset|password/set|login/code|3rdparty)(/|$)"

urlpatterns = [
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("settings/profile/", profile, name="profile"),
    path("settings/reason/", reason, name="reason"),
    path("settings/looks/", looks, name="looks"),
    path("settings/people/", people_and_roles, name="people_and_roles"),
    path("settings/people/<int:colleague_id>/", colleague_access, name="colleague_access"),
    path("settings/people/<int:colleague_id>/link/", new_link, name="new_link"),
    path("settings/privacy/", privacy_settings, name="privacy_settings"),
    path("settings/privacy/<int:number>/keep/", prolong_keeping, name="prolong_keeping"),
    # What allauth offers beyond our sign-in is answered by one page, before its own addresses.
    re_path(CLOSED, not_in_use),
    path("account/", include("allauth.urls")),
]
