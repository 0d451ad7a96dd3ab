"""The language of the reader; and pages are for signed-in colleagues unless they say otherwise."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from kalevi.shell.access import ask_to_sign_in
from kalevi.shell.queries import company

GetResponse = Callable[[HttpRequest], HttpResponse]


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view as open to anybody, signed in or not."""
    view.public = True  # type: ignore[attr-defined]  # read by SignedInMiddleware and the permission matrix
    return view


class ReaderLanguageMiddleware:
    """Speaks the language the reader chose (a cookie), else one the browser asks for, else the company's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's language and say so in the headers."""
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignedInMiddleware:
    """Asks for a sign-in before every view that is not marked public or part of signing in.

    Whoever is signed in sees times in the company's zone, and nothing of their pages stays in the browser.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the view is judged in `process_view`."""
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if getattr(request, "company", None) is not None:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send strangers to the sign-in page."""
        if request.user.is_authenticated:
            request.company = company()  # type: ignore[attr-defined]  # read by the base page
            timezone.activate(ZoneInfo(request.company.time_zone))  # type: ignore[attr-defined]
            return None
        if getattr(view, "public", False) or view.__module__.startswith("allauth."):
            return None
        if request.path.startswith(settings.STATIC_URL):
            return None
        return ask_to_sign_in(request)
