"""The list of settings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kalevi.shell.access import open_to
from kalevi.shell.navigation import settings_for
from kalevi.shell.roles import EVERYBODY, Role, roles_of


@open_to(EVERYBODY, words=False)
def settings_overview(request: HttpRequest) -> HttpResponse:
    """Show the settings this colleague may open."""
    pages = settings_for(roles_of(request.user))
    # What whoever serves customers may open is about themselves; the rest holds for the company.
    own = [page for page in pages if Role.FRONTLINE in page.roles]
    shared = [page for page in pages if Role.FRONTLINE not in page.roles]
    return render(request, "shell/settings.html", {"section": "settings", "own": own, "shared": shared})
