"""Signing in: colleagues are invited, nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from kalevi.shell.views.language import remember


class Adapter(DefaultAccountAdapter):
    """Closes open sign-up, and speaks to whoever signs in in their own language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: an administrator invites."""
        return False

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Return the answer to a sign-in, with the colleague's language kept in the browser."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(response, user.language)
        return response
