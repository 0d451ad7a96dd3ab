"""Today: what needs me now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kalevi.shell.access import open_to
from kalevi.shell.roles import EVERYBODY


@open_to(EVERYBODY)
def today(request: HttpRequest) -> HttpResponse:
    """Show today."""
    return render(request, "reports/today.html", {"section": "today"})
