"""Today: what needs me now."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kalevi.approaches.queries.shown import approaches_for_today
from kalevi.cases.queries.lists import Turn, turn_for_colleague
from kalevi.interactions.queries.filters import number_from
from kalevi.people.models import Colleague
from kalevi.promises.queries.beside import turn_for_colleague as promises_for_colleague
from kalevi.reports.queries.today import live_for_colleague, today_for_colleague, waiting_for_colleague
from kalevi.shell.access import open_to
from kalevi.shell.calendar import BusinessCalendar
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import EVERYBODY


def _staff(request: HttpRequest) -> bool:
    return cast(Colleague, request.user).sees_names


def _hours(request: HttpRequest) -> BusinessCalendar:
    return BusinessCalendar.of(request.company)  # type: ignore[attr-defined]  # set by SignedInMiddleware


def _turn(request: HttpRequest, now: datetime) -> Turn | None:
    return turn_for_colleague(cast(Colleague, request.user), now) if _staff(request) else None


@open_to(EVERYBODY)
def today(request: HttpRequest) -> HttpResponse:
    """Show the thank-you, who waits, what came in, what is felt and what to do first."""
    now = timezone.now()
    staff = _staff(request)
    shown = today_for_colleague(now, names=staff, hours=_hours(request))
    beside = shown.thanks.id if shown.thanks else None
    context = {"section": "today", "today": shown, "live": shown.live, "now": now, "beside": beside}
    context |= {"staff": staff, "turn": _turn(request, now)}
    context["promises"] = promises_for_colleague(cast(Colleague, request.user), now) if staff else None
    context["walk"] = approaches_for_today(cast(Colleague, request.user)) if staff else None
    return render(request, "reports/today.html", context)


@open_to(EVERYBODY)
def today_live(request: HttpRequest) -> HttpResponse:
    """Answer with the part of Today that changes while one looks."""
    beside = whole_number(request.GET.get("beside", ""), signed=True)
    staff = _staff(request)
    now = timezone.now()
    live = live_for_colleague(now, names=staff, beside=beside, hours=_hours(request))
    context = {"live": live, "beside": beside, "staff": staff, "turn": _turn(request, now)}
    promises = promises_for_colleague(cast(Colleague, request.user), now) if staff else None
    return render(request, "reports/live.html", context | {"promises": promises})


@open_to(EVERYBODY)
def waiting(request: HttpRequest) -> HttpResponse:
    """Show everybody who waits, page by page, the longest wait first."""
    staff = _staff(request)
    after = number_from(request.GET, "after")
    page = waiting_for_colleague(timezone.now(), names=staff, after=after, hours=_hours(request))
    return render(request, "reports/waiting.html", {"section": "today", "page": page, "staff": staff})
