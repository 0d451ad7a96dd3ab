"""The notes for afterwards: what a customer said where no form was at hand, and that they were answered."""

import secrets
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.interactions.actions.notes import (
    TooLateError,
    keep_answer,
    keep_note,
    may_take_back,
    take_note_back,
)
from kalevi.interactions.forms.notes import BACK, HEARD, HERE, Answer, Note
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import cards_for_colleague
from kalevi.people.models import Colleague, Contact
from kalevi.people.queries.contacts import contacts_for_colleague
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import STAFF

LAST = "interactions.note_channel"
MOST_FOUND = 6


@open_to(STAFF)
def note(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep what was written; `contact` in the address is the id of whom it is about.

    Looking for a customer sends the whole form, so that the words searched for stand in no address.
    """
    about = _contact(request)
    channel = request.session.get(LAST)
    initial = {
        "token": secrets.token_hex(16),
        "channel": channel if channel in HEARD else HEARD[0],
        "contact": about,
    }
    seeking = "find" in request.POST
    form = Note(request.POST if request.method == "POST" and not seeking else None, initial=initial)
    if request.method == "POST" and not seeking and form.is_valid():
        return _keep(request, form.cleaned_data, about)
    context: dict[str, Any] = {"section": "note", "form": form, "contact": about}
    if seeking:
        form.initial = initial | request.POST.dict()
        words = " ".join(request.POST.get("seek", "").split())[:200]
        context["found"] = contacts_for_colleague(words=words)[0][:MOST_FOUND] if words else []
        context["sought"] = words
    return render(request, "interactions/note.html", context)


def _contact(request: HttpRequest) -> Contact | None:
    number = whole_number(request.POST.get("contact") or request.GET.get("contact", ""))
    return None if number is None else get_object_or_404(HERE.all(), pk=number)


def _keep(request: HttpRequest, told: dict[str, Any], about: Contact | None) -> HttpResponse:
    request.session[LAST] = told["channel"]
    number = keep_note(
        colleague=cast(Colleague, request.user),
        token=told["token"],
        words=told["words"],
        channel=told["channel"],
        touchpoint=told["touchpoint"].key if told["touchpoint"] else "",
        occurred_at=told["occurred_at"],
        contact=about,
        email=told["email"],
        phone=told["phone"],
        name=told["name"],
        feeling=told["feeling"],
    )
    messages.success(request, gettext("Thank you for writing it down. It is kept as told by you."))
    return redirect("interactions_kept_note", number) if number else redirect("interactions")


@open_to(STAFF)
def kept_note(request: HttpRequest, number: int) -> HttpResponse:
    """Show what one just wrote down, with the way to the next one and a way back for a while."""
    colleague = cast(Colleague, request.user)
    card = next(iter(cards_for_colleague(colleague, [number])), None)
    if card is None or card.interaction.told_by_colleague_id != colleague.pk:
        raise Http404
    context = {
        "section": "note",
        "card": card,
        "staff": True,
        "may_take_back": may_take_back(colleague, card.interaction),
    }
    return render(request, "interactions/kept_note.html", context)


@open_to(STAFF)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Erase the note that one has just written."""
    told = get_object_or_404(Interaction, pk=number)
    try:
        take_note_back(colleague=cast(Colleague, request.user), interaction=told)
    except TooLateError:
        messages.error(
            request,
            gettext("It can no longer be taken back: ten minutes have passed, or somebody has built on it."),
        )
        return redirect("interaction_reading", number)
    messages.success(request, gettext("It was taken back. Only the fact that there was something stays."))
    return redirect("interactions_note")


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
        messages.error(request, gettext("It was not saved. Say it in fewer words and send it again."))
    back = form.cleaned_data.get("back")
    return redirect(BACK[back]) if back else redirect("interaction_reading", number)
