"""The page behind a one-time link."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kalevi.people.actions.colleagues import LinkEndedError, join
from kalevi.people.forms.colleagues import Join
from kalevi.people.queries import open_invitation
from kalevi.shell.middleware import public
from kalevi.shell.views.language import remember


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited colleague choose name, language and password; opening the page uses nothing up."""
    found = open_invitation(token)
    if found is None:
        return render(request, "people/link_ended.html", status=410)
    colleague = found.colleague
    initial = {"name": colleague.name, "language": get_language()}
    form = Join(request.POST or None, initial=initial, colleague=colleague)
    if request.method == "POST" and form.is_valid():
        try:
            colleague = join(token=token, **form.cleaned_data)
        except LinkEndedError:
            return render(request, "people/link_ended.html", status=410)
        second_factor = is_mfa_enabled(colleague)
        if not second_factor:
            login(request, colleague, backend="django.contrib.auth.backends.ModelBackend")
        onward = redirect("account_login" if second_factor else "/")
        remember(onward, colleague.language)
        return onward
    response = render(request, "people/invitation.html", {"form": form, "colleague": colleague})
    response["Cache-Control"] = "no-store"
    return response
