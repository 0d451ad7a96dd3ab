"""The screens as colleagues look after them."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.channels.kiosk.actions import change_kiosk, make_feeling_survey, make_kiosk, retire_kiosk
from kalevi.channels.kiosk.forms import NEW, KioskForm
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.kiosk.queries import device_of, devices_for_colleague
from kalevi.channels.survey.models import Survey
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS


@open_to(LEADERS)
def kiosks(request: HttpRequest) -> HttpResponse:
    """Show every screen, and set up a new one."""
    form = KioskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, actor = form.cleaned_data, cast(Colleague, request.user).pk
        survey = (
            make_feeling_survey(name=told["name"], touchpoint=told["touchpoint"], actor_id=actor)
            if told["survey"] == NEW
            else Survey.objects.get(pk=int(told["survey"]))
        )
        kiosk = make_kiosk(name=told["name"], survey=survey, reset_after=told["reset_after"], actor_id=actor)
        messages.success(request, gettext("The kiosk is ready. Open its address on the screen."))
        return redirect("kiosk_device", kiosk.pk)
    context = {"section": "settings", "devices": devices_for_colleague(), "form": form}
    return render(request, "kiosk/kiosks.html", context)


@open_to(LEADERS)
def kiosk(request: HttpRequest, number: int) -> HttpResponse:
    """Show one screen: its address, whether it is there, what it still keeps; and change it."""
    found = get_object_or_404(Kiosk.objects.select_related("survey__touchpoint"), pk=number)
    initial: dict[str, Any] = {
        "name": found.name,
        "survey": str(found.survey_id),
        "reset_after": found.reset_after,
    }
    form = KioskForm(request.POST or None, initial=initial, new=False)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        change_kiosk(
            kiosk=found,
            name=told["name"],
            survey=Survey.objects.get(pk=int(told["survey"])),
            reset_after=told["reset_after"],
            actor_id=cast(Colleague, request.user).pk,
        )
        messages.success(request, gettext("Saved."))
        return redirect("kiosk_device", number)
    context = {
        "section": "settings",
        "device": device_of(found),
        "kiosk": found,
        "form": form,
        "address": settings.ADDRESS + reverse("kiosk", args=[found.key]),
    }
    return render(request, "kiosk/kiosk.html", context)


@open_to(LEADERS)
@require_POST
def retire(request: HttpRequest, number: int) -> HttpResponse:
    """Take a screen out of use."""
    retire_kiosk(kiosk=get_object_or_404(Kiosk, pk=number), actor_id=cast(Colleague, request.user).pk)
    messages.success(
        request, gettext("The kiosk no longer asks. Answers still on it are taken in for 30 days.")
    )
    return redirect("kiosks")
