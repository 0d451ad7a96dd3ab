"""Who may open a page: every view says so itself, and the permission matrix reads it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from kalevi.shell.roles import Role, roles_of

View = Callable[..., HttpResponse]


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page; a part that htmx fetched takes the whole page there."""
    if request.headers.get("HX-Request") == "true":
        there = redirect_to_login("/")
        return HttpResponse(status=401, headers={"HX-Redirect": there.url})
    return redirect_to_login(request.get_full_path())


def open_to(roles: frozenset[Role]) -> Callable[[View], View]:
    """Let in signed-in colleagues with one of these roles; others are asked to sign in, or refused (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if not roles & roles_of(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the permission matrix
        return guarded

    return decorate
