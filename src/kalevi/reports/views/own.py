"""One's own figures. There is no address for anybody else's."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kalevi.people.models import Colleague
from kalevi.reports.queries.own import own_figures
from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF


@open_to(STAFF, words=False)
def own(request: HttpRequest) -> HttpResponse:
    """Show what one did oneself, to oneself: the only words here were said to the reader."""
    shown = own_figures(cast(Colleague, request.user), timezone.now())
    return render(request, "reports/own.html", {"section": "settings", "own": shown})
