"""How one is told of cases; and the rooms of the team, for administrators."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.cases.actions.alerts import add_room, choose_alerts, remove_room
from kalevi.cases.alert_forms import Alerts, Room
from kalevi.cases.alert_models import AlertChoice, TeamRoom
from kalevi.cases.queries.alerts import alerts_for_browser
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import ADMINISTRATORS, STAFF


@open_to(STAFF, words=False)
def alert_settings(request: HttpRequest) -> HttpResponse:
    """Show and store one's own choice."""
    colleague = cast(Colleague, request.user)
    known = AlertChoice.objects.filter(colleague=colleague).first()
    form = Alerts(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        choose_alerts(colleague=colleague, **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("alert_settings")
    return render(request, "cases/alerts.html", {"section": "settings", "form": form})


@open_to(STAFF, words=False)
@require_GET
def alerts_since(request: HttpRequest) -> HttpResponse:
    """Answer with what one is told in the browser since the last answer; 204 to who did not choose it."""
    after = request.GET.get("after", "")
    found = alerts_for_browser(cast(Colleague, request.user), timezone.now(), after=after)
    if found is None:
        return HttpResponse(status=204)
    answer = JsonResponse({"after": found.after, "told": found.told})
    answer["Cache-Control"] = "no-store"
    return answer


@open_to(ADMINISTRATORS)
def team_rooms(request: HttpRequest) -> HttpResponse:
    """Show the rooms that are told, and add one."""
    form = Room(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_room(**form.cleaned_data, actor_id=request.user.pk)
        messages.success(request, gettext("The room hears of new and late cases from now on."))
        return redirect("team_rooms")
    rooms = TeamRoom.objects.order_by("name", "pk")
    return render(request, "cases/rooms.html", {"section": "settings", "form": form, "rooms": rooms})


@open_to(ADMINISTRATORS)
@require_POST
def end_room(request: HttpRequest, room_id: int) -> HttpResponse:
    """Tell a room no more."""
    remove_room(room_id=room_id, actor_id=request.user.pk)
    messages.success(request, gettext("The room no longer hears of cases."))
    return redirect("team_rooms")
