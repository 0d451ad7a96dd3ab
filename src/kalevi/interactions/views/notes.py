"""The note for afterwards: something a customer said where no form was at hand."""

import secrets
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from kalevi.interactions.actions.notes import keep_note
from kalevi.interactions.forms.notes import Note
from kalevi.people.models import Colleague, Contact
from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF


@open_to(STAFF)
def note(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep what was written; `contact` in the address is the id of whom it is about."""
    number = request.GET.get("contact", "")
    contact = None
    if number.isdigit() and len(number) < 19:
        contact = get_object_or_404(Contact, pk=int(number), erasure__isnull=True, merged_into__isnull=True)
    now = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
    initial = {"token": secrets.token_hex(16), "occurred_at": now}
    form = Note(request.POST or None, initial=initial, known=contact is not None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        keep_note(
            colleague=cast(Colleague, request.user),
            token=told["token"],
            words=told["words"],
            channel=told["channel"],
            touchpoint=told["touchpoint"].key if told["touchpoint"] else "",
            occurred_at=told["occurred_at"],
            contact=contact,
            email=told.get("email", ""),
            phone=told.get("phone", ""),
            name=told.get("name", ""),
        )
        messages.success(request, gettext("Thank you for writing it down. It is kept as told by you."))
        return redirect("customer", contact.pk) if contact else redirect("interactions")
    return render(
        request, "interactions/note.html", {"section": "interactions", "form": form, "contact": contact}
    )
