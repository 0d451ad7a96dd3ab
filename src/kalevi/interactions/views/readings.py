"""Why the model read what it read, and what a colleague reads in the same words."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.interactions.actions import readings as actions
from kalevi.interactions.models import ColleagueReading
from kalevi.interactions.queries.cards import Card, cards_for_colleague
from kalevi.interactions.queries.findings import own_findings, why_for_colleague
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import EVERYBODY, STAFF


def _card(colleague: Colleague, number: int) -> Card:
    cards = cards_for_colleague(colleague, [number])
    if not cards:
        raise Http404
    return cards[0]


@open_to(EVERYBODY)
def reading(request: HttpRequest, number: int) -> HttpResponse:
    """Show the words, everything read in them with what speaks for and against it, and one's own reading."""
    colleague = cast(Colleague, request.user)
    card = _card(colleague, number)
    return render(
        request,
        "interactions/reading.html",
        {
            "section": "interactions",
            "card": card,
            "staff": colleague.sees_names,
            "why": why_for_colleague(card),
            "groups": own_findings(card.own),
        },
    )


@open_to(STAFF)
def own_reading(request: HttpRequest, number: int) -> HttpResponse:
    """Show the buttons of one's own reading, or press one of them."""
    colleague = cast(Colleague, request.user)
    if request.method == "POST":
        kind, _colon, key = request.POST.get("toggle", "").partition(":")
        return _change(
            request,
            number,
            lambda: actions.change_own_reading(
                colleague=colleague, interaction_id=number, kind=kind, key=key
            ),
        )
    if not request.htmx:  # type: ignore[attr-defined]  # django_htmx
        return redirect("interaction_reading", number)
    return _own(request, number, opened=True)


@open_to(STAFF)
@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """Read the words as the model did."""
    colleague = cast(Colleague, request.user)
    return _change(
        request, number, lambda: actions.agree_with_model(colleague=colleague, interaction_id=number)
    )


@open_to(STAFF)
@require_POST
def confirm(request: HttpRequest, number: int, reading_id: int) -> HttpResponse:
    """Confirm a colleague's reading."""
    colleague = cast(Colleague, request.user)
    if not ColleagueReading.objects.filter(pk=reading_id, interaction_id=number).exists():
        raise Http404
    return _change(
        request, number, lambda: actions.confirm_reading(colleague=colleague, reading_id=reading_id)
    )


def _change(request: HttpRequest, number: int, change: Callable[[], Any]) -> HttpResponse:
    try:
        change()
    except KeyError as unknown:
        raise Http404 from unknown
    except actions.NothingToReadError as nothing:
        raise Http404 from nothing
    except actions.ConfirmedError:
        notice = gettext("A second colleague has confirmed the reading: it stays as it is.")
    except actions.OwnReadingError:
        notice = gettext("Somebody else confirms your reading.")
    else:
        notice = ""
    if request.htmx:  # type: ignore[attr-defined]  # django_htmx
        return _own(request, number, opened="toggle" in request.POST, notice=notice)
    if notice:
        messages.warning(request, notice)
    return redirect("interaction_reading", number)


def _own(request: HttpRequest, number: int, *, opened: bool, notice: str = "") -> HttpResponse:
    card = _card(cast(Colleague, request.user), number)
    context = {
        "card": card,
        "staff": True,
        "opened": opened,
        "notice": notice,
        "groups": own_findings(card.own),
    }
    return render(request, "interactions/_own.html", context)
