"""People and roles: for administrators."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.people.actions.colleagues import (
    LINK_LIVES,
    AlreadyJoinedError,
    LastAdministratorError,
    change_access,
    give_new_link,
    invite,
)
from kalevi.people.forms.colleagues import Access, Invite
from kalevi.people.models import Colleague
from kalevi.people.queries import colleagues_for_administrator
from kalevi.shell.access import open_to
from kalevi.shell.roles import ADMINISTRATORS


def _actor(request: HttpRequest) -> int:
    return cast(int, request.user.pk)


def _link_page(request: HttpRequest, colleague: Colleague, path: str) -> HttpResponse:
    context = {
        "section": "settings",
        "colleague": colleague,
        "link": settings.ADDRESS.rstrip("/") + path,
        "days": LINK_LIVES.days,
    }
    return render(request, "people/link.html", context)


@open_to(ADMINISTRATORS)
def people_and_roles(request: HttpRequest) -> HttpResponse:
    """List colleagues; invite a new one, whose one-time link is shown once."""
    form = Invite(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            colleague, path = invite(actor_id=_actor(request), **form.cleaned_data)
        except AlreadyJoinedError:
            form.add_error(
                "email",
                gettext("This colleague has joined already. Open them in the list to give a new link."),
            )
        else:
            return _link_page(request, colleague, path)
    context = {"section": "settings", "form": form, "colleagues": colleagues_for_administrator()}
    return render(request, "people/people_and_roles.html", context)


@open_to(ADMINISTRATORS)
def colleague_access(request: HttpRequest, colleague_id: int) -> HttpResponse:
    """Show and change one colleague's roles and whether they may sign in."""
    colleague = get_object_or_404(Colleague, pk=colleague_id)
    form = Access(
        request.POST or None, initial={"roles": list(colleague.roles), "is_active": colleague.is_active}
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_access(colleague=colleague, actor_id=_actor(request), **form.cleaned_data)
        except LastAdministratorError:
            form.add_error(
                None,
                gettext("Somebody has to be the administrator. Give the role to another colleague first."),
            )
        else:
            messages.success(request, gettext("The change was saved."))
            return redirect("people_and_roles")
    context = {"section": "settings", "form": form, "colleague": colleague}
    return render(request, "people/colleague.html", context)


@open_to(ADMINISTRATORS)
@require_POST
def new_link(request: HttpRequest, colleague_id: int) -> HttpResponse:
    """Give a colleague a new one-time link, shown once."""
    colleague = get_object_or_404(Colleague, pk=colleague_id, is_active=True)
    return _link_page(request, colleague, give_new_link(colleague=colleague, actor_id=_actor(request)))
