"""Who looked at other people's words and why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kalevi.audit.actions import record
from kalevi.people.queries.looks import looks_for_administrator
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import ADMINISTRATORS


@open_to(ADMINISTRATORS)
@require_GET
def looks(request: HttpRequest) -> HttpResponse:
    """Show a page of the list; that it was read is in the audit too."""
    before = whole_number(request.GET.get("before", ""))
    record(action="people.read_looks", actor_id=request.user.pk)
    context = {
        "section": "settings",
        "looks": looks_for_administrator(before=before),
        "first": before is None,
    }
    return render(request, "people/looks.html", context)
