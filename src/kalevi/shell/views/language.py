"""Changing the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kalevi.shell.middleware import public

YEAR = 365 * 24 * 3600
LANGUAGES = frozenset({"fi", "sv", "en"})


def remember(response: HttpResponse, language: str) -> None:
    """Keep the language in a cookie of this browser for a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        samesite="Lax",
        secure=bool(settings.LANGUAGE_COOKIE_SECURE),
        httponly=True,
    )


@public
@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Set the cookie and, for somebody signed in, their own language; then back to where they were."""
    after = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        after = "/"
    response = HttpResponseRedirect(after)
    language = request.POST.get("language", "")
    if language in LANGUAGES:
        remember(response, language)
        if request.user.is_authenticated and hasattr(request.user, "language"):
            request.user.language = language
            request.user.save(update_fields=["language"])
    return response
