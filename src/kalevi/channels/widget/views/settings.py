"""Putting a survey on pages of one's own: which sites may, the lines to copy, and how it looks."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.channels.survey.models import Survey
from kalevi.channels.widget.actions import allow_site, forbid_site
from kalevi.channels.widget.forms import SiteForm
from kalevi.channels.widget.models import Site
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS

FLOATING = '<script src="{}" data-survey="{}" async></script>'
INSIDE = '<div id="kalevi"></div>\n<script src="{}" data-survey="{}" data-target="#kalevi" async></script>'


def _context(form: SiteForm) -> dict[str, Any]:
    return {
        "section": "settings",
        "form": form,
        "sites": Site.objects.order_by("origin"),
        "surveys": Survey.objects.filter(state=Survey.State.OPEN).order_by("name", "pk"),
    }


@open_to(LEADERS)
def widgets(request: HttpRequest) -> HttpResponse:
    """Show the sites that may ask and the surveys they may ask; let in one more site."""
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        allow_site(origin=form.cleaned_data["origin"], actor_id=cast(Colleague, request.user).pk)
        messages.success(request, gettext("Its pages may now show the questions."))
        return redirect("widgets")
    return render(request, "widget/widgets.html", _context(form))


@open_to(LEADERS)
@require_GET
def widget(request: HttpRequest, number: int) -> HttpResponse:
    """Show the lines to copy for one survey, and the questions as the site's visitors see them."""
    survey = get_object_or_404(Survey, pk=number, state=Survey.State.OPEN)
    script = settings.ADDRESS + reverse("widget_script")
    context = {
        "section": "settings",
        "survey": survey,
        "address": settings.ADDRESS,
        "floating": FLOATING.format(script, survey.key),
        "inside": INSIDE.format(script, survey.key),
    }
    return render(request, "widget/widget.html", context)


@open_to(LEADERS)
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Let a site ask no more."""
    forbid_site(site=get_object_or_404(Site, pk=number), actor_id=cast(Colleague, request.user).pk)
    messages.success(request, gettext("Its pages no longer show the questions."))
    return redirect("widgets")
