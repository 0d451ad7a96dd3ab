"""Who may open a page: every view says so itself, and the permission matrix reads it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from kalevi.shell.roles import Role

View = Callable[..., HttpResponse]


def open_to(roles: frozenset[Role]) -> Callable[[View], View]:
    """Let in signed-in colleagues of these roles; others are asked to sign in, or refused with 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if getattr(request.user, "role", None) not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = roles  # type: ignore[attr-defined]  # read by the permission matrix
        return guarded

    return decorate
