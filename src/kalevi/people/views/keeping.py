"""Privacy in the settings: how long words are kept, what goes next, and keeping somebody longer."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from kalevi.people.actions.contacts import GoneError
from kalevi.people.actions.keeping import change_periods, prolong
from kalevi.people.forms.keeping import PeriodsForm, ProlongForm
from kalevi.people.keeping import periods
from kalevi.people.models import Colleague, Contact
from kalevi.people.queries.contacts import contact_for_colleague
from kalevi.people.queries.keeping import endings_for_administrator, kept_for_colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import ADMINISTRATORS


@open_to(ADMINISTRATORS)
def privacy_settings(request: HttpRequest) -> HttpResponse:
    """Show and change the periods, and list what will be erased within a month."""
    form = PeriodsForm(request.POST or None, initial=periods())
    if request.method == "POST" and form.is_valid():
        change_periods(actor=cast(Colleague, request.user), months=form.cleaned_data)
        messages.success(request, gettext("The periods were saved."))
        return redirect("privacy_settings")
    after = request.GET.get("after", "")[:40]
    notices = endings_for_administrator(after)
    context = {
        "section": "settings",
        "form": form,
        "notices": notices,
        "first_address": reverse("privacy_settings") if after else "",
        "older": f"{reverse('privacy_settings')}?after={notices.further}" if notices.further else "",
    }
    return render(request, "people/privacy.html", context)


@open_to(ADMINISTRATORS)
def prolong_keeping(request: HttpRequest, number: int) -> HttpResponse:
    """Ask until when and why one person is kept longer, and keep them."""
    try:
        contact = contact_for_colleague(number)
    except (Contact.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing
    if contact.erasure_id is not None or contact.merged_into_id is not None:
        return redirect("customer", contact.merged_into_id or number)
    form = ProlongForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            prolong(actor=cast(Colleague, request.user), contact_id=number, **form.cleaned_data)
        except GoneError:
            messages.error(request, gettext("This contact has been erased or merged; nothing was changed."))
        else:
            messages.success(request, gettext("They are kept until the day you gave."))
        return redirect("privacy_settings")
    context = {"section": "settings", "contact": contact, "kept": kept_for_colleague(contact), "form": form}
    return render(request, "people/prolong.html", context)
