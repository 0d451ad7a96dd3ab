"""Before an administrator looks at other people's words: why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from kalevi.people.forms.colleagues import Looking
from kalevi.people.reasons import give_reason
from kalevi.shell.access import open_to
from kalevi.shell.roles import ADMINISTRATORS


@open_to(ADMINISTRATORS)
def reason(request: HttpRequest) -> HttpResponse:
    """Ask why, and go on to the page that was asked for."""
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    there = asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"
    form = Looking(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_reason(request, form.cleaned_data["why"])
        return redirect(there)
    context = {"section": "settings", "form": form, "there": there}
    return render(request, "people/reason.html", context)
