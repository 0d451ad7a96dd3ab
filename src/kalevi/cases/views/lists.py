"""Lists of cases."""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from kalevi.cases.queries.lists import (
    Page,
    Place,
    ended_cases_for_colleague,
    live_cases_for_colleague,
    nos_for_colleague,
    offers_for_colleague,
    own_cases_for_colleague,
)
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import STAFF

LISTS = ("mine", "all", "ended")


@open_to(STAFF)
def cases(request: HttpRequest) -> HttpResponse:
    """Show one's own cases, everybody's, or those that ended; `list` says which."""
    reader = cast(Colleague, request.user)
    now, after = timezone.now(), _after(request.GET)
    chosen = request.GET.get("list", "mine")
    chosen = chosen if chosen in LISTS else "mine"
    offers = offers_for_colleague(reader, now) if chosen == "mine" else ()
    nos = nos_for_colleague(reader) if chosen == "mine" else ()
    page = _page(reader, chosen, now, after)
    context = {"section": "cases", "chosen": chosen, "page": page, "offers": offers, "nos": nos, "now": now}
    return render(request, "cases/list.html", context)


def _page(colleague: Colleague, chosen: str, now: datetime, after: Place | None) -> Page:
    if chosen == "all":
        return live_cases_for_colleague(now, after=after)
    if chosen == "ended":
        return ended_cases_for_colleague(now, after=after)
    return own_cases_for_colleague(colleague, now, after=after)


def _after(asked: QueryDict) -> Place | None:
    """Return the place a list goes on after; None where the address names none."""
    number = whole_number(asked.get("id", ""))
    try:
        at = parse_datetime(asked.get("at", ""))
    except ValueError:
        return None
    if at is None or at.tzinfo is None or number is None:
        return None
    return at, number
