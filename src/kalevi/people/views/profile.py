"""A colleague's own details."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext

from kalevi.people.actions.colleagues import change_own_details
from kalevi.people.forms.colleagues import OwnDetails
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import EVERYBODY
from kalevi.shell.views.language import remember


@open_to(EVERYBODY, words=False)
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own name and language; password and second factor are a link away."""
    colleague = cast(Colleague, request.user)
    form = OwnDetails(request.POST or None, instance=Colleague.objects.get(pk=colleague.pk))
    if request.method == "POST" and form.is_valid():
        change_own_details(colleague=colleague, **form.cleaned_data)
        with translation.override(colleague.language):
            messages.success(request, gettext("Your details were saved."))
        response = redirect("profile")
        remember(response, colleague.language)
        return response
    return render(request, "people/profile.html", {"section": "settings", "form": form})
