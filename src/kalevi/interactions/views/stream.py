"""The stream of what customers say."""

from dataclasses import replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kalevi.interactions.ids import moment_of
from kalevi.interactions.queries.cards import cards_for_colleague
from kalevi.interactions.queries.choices import choices_for_colleague, chosen_for_colleague
from kalevi.interactions.queries.filters import Filters, filters_from, number_from
from kalevi.interactions.queries.stream import MOST_NEW, PAGE, newer_for_colleague, stream_for_colleague
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import EVERYBODY, STAFF

SEARCHED = "interactions.words"


def _filters(request: HttpRequest) -> Filters:
    words = request.session.get(SEARCHED, "") if cast(Colleague, request.user).sees_names else ""
    return filters_from(request.GET, words)


@open_to(EVERYBODY)
def interactions(request: HttpRequest) -> HttpResponse:
    """Show one page of the stream, newest first."""
    colleague, filters = cast(Colleague, request.user), _filters(request)
    before = number_from(request.GET, "before")
    walk = stream_for_colleague(filters, before=before)
    context: dict[str, Any] = {
        "section": "interactions",
        "filters": filters,
        "cards": cards_for_colleague(colleague, walk.ids),
        "staff": colleague.sees_names,
        "first": before is None,
        "first_address": reverse("interactions") + filters.query(),
        "older": None
        if walk.reached is None
        else reverse("interactions") + filters.query(before=walk.reached),
        "full": len(walk.ids) == PAGE,
        "reached": None if walk.reached is None else moment_of(walk.reached),
        "newest": walk.ids[0] if walk.ids else None,
    }
    if request.htmx and request.GET.get("part") == "more":  # type: ignore[attr-defined]  # django_htmx
        return render(request, "interactions/_more.html", context)
    choices = choices_for_colleague(filters)
    context |= {
        "choices": choices,
        "chosen": chosen_for_colleague(choices, filters),
        "without_words": replace(filters, words="").query(),
        "newer": _newer_address(filters, context["newest"]),
    }
    return render(request, "interactions/stream.html", context)


@open_to(EVERYBODY)
def newer(request: HttpRequest) -> HttpResponse:
    """Say how many came in since; with `show`, give their cards to stand above the others."""
    colleague, filters = cast(Colleague, request.user), _filters(request)
    after = number_from(request.GET, "after")
    ids = newer_for_colleague(filters, after=after) if after is not None else ()
    context: dict[str, Any] = {
        "filters": filters,
        "count": len(ids),
        "many": len(ids) >= MOST_NEW,
        "first_address": reverse("interactions") + filters.query(),
        "newer": _newer_address(filters, after),
        "staff": colleague.sees_names,
    }
    if request.GET.get("show") != "yes" or not request.htmx:  # type: ignore[attr-defined]  # django_htmx
        return render(request, "interactions/_newer.html", context)
    context |= {
        "cards": cards_for_colleague(colleague, ids[:PAGE]),
        "newer": _newer_address(filters, ids[0] if ids else after),
        "count": 0,
        "swapped": True,
    }
    return render(request, "interactions/_newest.html", context)


def _newer_address(filters: Filters, after: int | None) -> str:
    return reverse("interactions_newer") + filters.query(after=after) if after is not None else ""


@open_to(STAFF)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session and show what holds them, under an address without them."""
    words = " ".join(request.POST.get("words", "").split())[:200]
    if words:
        request.session[SEARCHED] = words
    else:
        request.session.pop(SEARCHED, None)
    asked = request.GET.copy()
    asked["search"] = "yes"
    return redirect(reverse("interactions") + filters_from(asked, words).query())
