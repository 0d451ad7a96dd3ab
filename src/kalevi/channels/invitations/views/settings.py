"""The rules of asking, readable, and when we ask by ourselves."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.channels.invitations import delivering
from kalevi.channels.invitations.actions import begin_occasion, change_rules, end_occasion
from kalevi.channels.invitations.forms import OccasionForm, RulesForm
from kalevi.channels.invitations.models import Occasion
from kalevi.channels.invitations.queries import occasions_for_colleague, rules
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS


def _page(request: HttpRequest, form: RulesForm, occasion: OccasionForm) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "settings",
        "rules": rules(),
        "form": form,
        "occasion_form": occasion,
        "occasions": occasions_for_colleague(),
        "can_send": delivering.can_send(),
    }
    return render(request, "invitations/settings.html", context)


@open_to(LEADERS)
def invitations(request: HttpRequest) -> HttpResponse:
    """Show the rules in sentences, and change them."""
    form = RulesForm(request.POST or None, instance=rules())
    if request.method == "POST" and form.is_valid():
        change_rules(actor=cast(Colleague, request.user), **form.cleaned_data)
        messages.success(request, gettext("Saved."))
        return redirect("invitation_settings")
    return _page(request, form, OccasionForm())


@open_to(LEADERS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin to ask by ourselves after encounters at a touchpoint."""
    form = OccasionForm(request.POST)
    if not form.is_valid():
        return _page(request, RulesForm(instance=rules()), form)
    begin_occasion(actor=cast(Colleague, request.user), **form.cleaned_data)
    messages.success(request, gettext("From now on we ask after these encounters."))
    return redirect("invitation_settings")


@open_to(LEADERS)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Ask no more after these encounters."""
    end_occasion(occasion=get_object_or_404(Occasion, pk=number), actor=cast(Colleague, request.user))
    messages.success(request, gettext("We no longer ask after these encounters."))
    return redirect("invitation_settings")
