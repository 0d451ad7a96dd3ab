"""The notes for afterwards: what a customer said where no form was at hand, and that they were answered."""

import secrets
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.interactions.actions.notes import keep_answer, keep_note
from kalevi.interactions.forms.notes import BACK, Answer, Note
from kalevi.interactions.queries.cards import cards_for_colleague
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


@open_to(STAFF)
@require_POST
def answered(request: HttpRequest, number: int) -> HttpResponse:
    """Keep that the words were answered; they no longer wait."""
    colleague = cast(Colleague, request.user)
    card = next(iter(cards_for_colleague(colleague, [number])), None)
    if card is None or not card.readable:
        raise Http404
    form = Answer(request.POST)
    if form.is_valid():
        keep_answer(
            colleague=colleague,
            token=form.cleaned_data["token"],
            interaction=card.interaction,
            words=form.cleaned_data["words"],
        )
        if request.htmx:  # type: ignore[attr-defined]  # django_htmx
            cards = cards_for_colleague(colleague, [number])
            return render(request, "interactions/_card.html", {"card": cards[0], "staff": True})
        messages.success(request, gettext("Thank you for answering. They no longer wait."))
    else:
        messages.error(request, gettext("It was not kept. Say it more shortly and send it again."))
    back = form.cleaned_data.get("back")
    return redirect(BACK[back]) if back else redirect("interaction_reading", number)
