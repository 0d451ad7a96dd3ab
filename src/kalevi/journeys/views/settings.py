"""Stages and touchpoints: for managers and administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.journeys.actions import begin_with_common_journey, move_stage, store_stage, store_touchpoint
from kalevi.journeys.forms import StageForm, TouchpointForm, told
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.journeys.queries import journey
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import LEADERS


@open_to(LEADERS)
def journey_settings(request: HttpRequest) -> HttpResponse:
    """Show the whole journey with its touchpoints."""
    return render(request, "journeys/journey.html", {"section": "settings", "stages": journey()})


@open_to(LEADERS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with the journey that fits most companies."""
    begin_with_common_journey(actor_id=request.user.pk)
    messages.success(request, gettext("Here is a journey to begin with. Change it to be yours."))
    return redirect("journey_settings")


@open_to(LEADERS)
def stage_settings(request: HttpRequest, stage_id: int | None = None) -> HttpResponse:
    """Change a stage, or add one."""
    stage = get_object_or_404(JourneyStage, pk=stage_id) if stage_id else None
    form = StageForm(request.POST or None, initial=told(stage))
    if request.method == "POST" and form.is_valid():
        store_stage(
            stage=stage,
            names=form.names(),
            within_reach=form.cleaned_data["within_reach"],
            actor_id=request.user.pk,
        )
        messages.success(request, gettext("The stage was saved."))
        return redirect("journey_settings")
    return render(request, "journeys/stage.html", {"section": "settings", "form": form, "stage": stage})


@open_to(LEADERS)
@require_POST
def move(request: HttpRequest, stage_id: int) -> HttpResponse:
    """Move a stage one place earlier or later."""
    stage = get_object_or_404(JourneyStage, pk=stage_id)
    move_stage(stage=stage, earlier=request.POST.get("to") == "earlier", actor_id=request.user.pk)
    return redirect("journey_settings")


@open_to(LEADERS)
def touchpoint_settings(request: HttpRequest, touchpoint_id: int | None = None) -> HttpResponse:
    """Change a touchpoint, or add one."""
    touchpoint = get_object_or_404(Touchpoint, pk=touchpoint_id) if touchpoint_id else None
    initial = told(touchpoint)
    if touchpoint is None and (stage := whole_number(request.GET.get("stage", ""))) is not None:
        initial["stage"] = stage
    form = TouchpointForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        store_touchpoint(
            touchpoint=touchpoint,
            names=form.names(),
            stage=form.cleaned_data["stage"],
            within_reach=form.cleaned_data["within_reach"],
            active=form.cleaned_data["active"],
            actor_id=request.user.pk,
        )
        messages.success(request, gettext("The touchpoint was saved."))
        return redirect("journey_settings")
    context = {"section": "settings", "form": form, "touchpoint": touchpoint}
    return render(request, "journeys/touchpoint.html", context)
