"""Today: what needs me now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kalevi.reports.queries.today import live_for_colleague, today_for_colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import EVERYBODY, Role


def _names(request: HttpRequest) -> bool:
    return getattr(request.user, "role", None) != Role.BOARD


@open_to(EVERYBODY)
def today(request: HttpRequest) -> HttpResponse:
    """Show the thank-you, who waits, what came in, what is felt and what to do first."""
    now = timezone.now()
    shown = today_for_colleague(now, names=_names(request))
    beside = shown.thanks.id if shown.thanks else None
    context = {"section": "today", "today": shown, "live": shown.live, "now": now, "beside": beside}
    return render(request, "reports/today.html", context)


@open_to(EVERYBODY)
def today_live(request: HttpRequest) -> HttpResponse:
    """Answer with the part of Today that changes while one looks."""
    asked = request.GET.get("beside", "")
    beside = int(asked) if asked.isascii() and asked.lstrip("-").isdigit() else None
    live = live_for_colleague(timezone.now(), names=_names(request), beside=beside)
    return render(request, "reports/live.html", {"live": live, "beside": beside})
