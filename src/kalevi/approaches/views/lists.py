"""Everybody we walk up to: those who are on their way, and those that were."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kalevi.approaches.queries.shown import approaches_for_colleague
from kalevi.interactions.queries.filters import number_from
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS, STAFF

LISTS = ("live", "ended")


@open_to(STAFF)
def approaches(request: HttpRequest) -> HttpResponse:
    """Show one page of approaches; `list` says which."""
    chosen = request.GET.get("list", "live")
    chosen = chosen if chosen in LISTS else "live"
    reader = cast(Colleague, request.user)
    page = approaches_for_colleague(reader, chosen, before=number_from(request.GET, "before"))
    context = {"section": "approaches", "chosen": chosen, "page": page, "leads": reader.holds(*LEADERS)}
    return render(request, "approaches/list.html", context)
