"""Whom we asked, whom not and why; and asking somebody now."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.channels.invitations.actions import invite, revoke
from kalevi.channels.invitations.forms import InviteForm
from kalevi.channels.invitations.models import Invitation
from kalevi.channels.invitations.queries import decisions_for_colleague, reasons_lately
from kalevi.channels.invitations.wording import REASONS
from kalevi.people.models import Colleague, Contact
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import LEADERS, STAFF

SENT = "asked"


@open_to(STAFF)
@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """Show every decision, newest first, or those of one reason."""
    chosen = request.GET.get("reason", "")
    reason = None if chosen not in (SENT, *REASONS) or not chosen else "" if chosen == SENT else chosen
    before = whole_number(request.GET.get("before", ""))
    page, older = decisions_for_colleague(reason=reason, before=before)
    context: dict[str, Any] = {
        "section": "customers",
        "leads": cast(Colleague, request.user).holds(*LEADERS),
        "decisions": [(one, REASONS[one.reason]) for one in page],
        "older": older,
        "chosen": chosen if reason is not None else "",
        "reasons": [(told.reason or SENT, REASONS[told.reason], told.count) for told in reasons_lately()],
    }
    return render(request, "invitations/decisions.html", context)


@open_to(STAFF)
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask one customer by a survey, or be told what speaks against it."""
    contact = get_object_or_404(Contact, pk=number, erasure__isnull=True, merged_into__isnull=True)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decision = invite(
            contact=contact, survey=form.cleaned_data["survey"], actor=cast(Colleague, request.user)
        )
        if not decision.reason:
            messages.success(request, gettext("They were asked by e-mail."))
            return redirect("customer", number)
        messages.error(
            request, gettext("They were not asked: %(reason)s.") % {"reason": REASONS[decision.reason]}
        )
        return redirect("invite", number)
    page, _older = decisions_for_colleague(contact=contact)
    context = {
        "section": "customers",
        "contact": contact,
        "form": form,
        "decisions": [(one, REASONS[one.reason]) for one in page],
    }
    return render(request, "invitations/ask.html", context)


@open_to(STAFF)
@require_POST
def revoke_link(request: HttpRequest, number: int) -> HttpResponse:
    """Let a personal link hold no more."""
    invitation = get_object_or_404(Invitation, pk=number)
    revoke(invitation=invitation, actor=cast(Colleague, request.user))
    messages.success(request, gettext("The link no longer works. What was answered by it stays."))
    return redirect("invite", invitation.contact_id)
