"""One approach: take it, do it, say how it was met."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.approaches.actions.taking import EndedError, keep_wish_for_peace, note_met, set_aside, take
from kalevi.approaches.actions.writing import walk_up
from kalevi.approaches.forms import Letter, Said
from kalevi.approaches.models import Approach, Met, State, Way
from kalevi.approaches.queries.shown import Shown, approach_for_colleague, mail_of
from kalevi.channels.email.outbox import CannotSendError
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF

ASIDE = {"not_now": State.NOT_NOW, "not_fit": State.NOT_FIT}


def _reader(request: HttpRequest) -> Colleague:
    return cast(Colleague, request.user)


@open_to(STAFF)
def approach(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Show an approach with what may be done next."""
    return _shown(request, approach_id)


def _found(request: HttpRequest, approach_id: int) -> Shown:
    try:
        return approach_for_colleague(_reader(request), approach_id)
    except Approach.DoesNotExist:
        raise Http404 from None


def _shown(request: HttpRequest, approach_id: int, **forms: Any) -> HttpResponse:
    row = _found(request, approach_id)
    begun = row.opening
    context = {
        "section": "approaches",
        "row": row,
        "approach": row.approach,
        "mine": row.approach.taken_by_id == request.user.pk,
        "letter": Letter(
            beginning=begun.words,
            signature=_reader(request).name,
            initial={"subject": begun.subject, "words": f"{begun.words}\n\n\n\n{_reader(request).name}"},
        ),
        "said": Said(),
        "mail": mail_of(row.approach),
        "ways_to_be_met": [(one.value, one.label) for one in Met if one != Met.IGNORED],
        **forms,
    }
    return render(request, "approaches/one.html", context, status=422 if forms else 200)


@open_to(STAFF)
@require_POST
def take_approach(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Take it: by phone, by mail or in person."""
    if (way := request.POST.get("way", "")) not in Way.values:
        raise Http404
    told = gettext("It is yours now. Here is a beginning; the rest is you.")
    return _done(
        request,
        approach_id,
        lambda: take(approach_id=approach_id, colleague=_reader(request), way=Way(way)),
        told,
        reverse("approach", args=[approach_id]),
    )


@open_to(STAFF)
@require_POST
def put_aside(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Say "not now", or that it does not fit."""
    if (state := ASIDE.get(request.POST.get("state", ""))) is None:
        raise Http404
    told = (
        gettext("Not now. They may come up again later.")
        if state == State.NOT_NOW
        else gettext("Noted that it does not fit.")
    )
    return _done(
        request,
        approach_id,
        lambda: set_aside(approach_id=approach_id, colleague=_reader(request), state=state),
        told,
        _back(request),
    )


@open_to(STAFF)
@require_POST
def do_approach(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Send the mail, or keep what was said."""
    row = _found(request, approach_id)
    by_mail = row.approach.way == Way.MAIL
    form = _letter(request, row) if by_mail else Said(request.POST)
    name = "letter" if by_mail else "said"
    if not form.is_valid():
        return _shown(request, approach_id, **{name: form})
    language = row.opening.language if by_mail else ""
    try:
        walk_up(approach_id=approach_id, colleague=_reader(request), language=language, **form.cleaned_data)
    except EndedError:
        return _ended(request, approach_id)
    except CannotSendError:
        form.add_error("words", gettext("It cannot be sent by e-mail. Could you call, or tell it in person?"))
        return _shown(request, approach_id, **{name: form})
    messages.success(request, gettext("Done. When they answer, say with one tap how it was received."))
    return redirect("approach", approach_id)


def _letter(request: HttpRequest, row: Shown) -> Letter:
    return Letter(request.POST, beginning=row.opening.words, signature=_reader(request).name)


@open_to(STAFF)
@require_POST
def meet(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Keep how it was met."""
    met = request.POST.get("met", "")
    if met not in Met.values or met == Met.IGNORED:
        raise Http404
    return _done(
        request,
        approach_id,
        lambda: note_met(approach_id=approach_id, colleague=_reader(request), met=Met(met)),
        gettext("Noted."),
        reverse("approach", args=[approach_id]),
    )


@open_to(STAFF)
@require_POST
def keep_peace(request: HttpRequest, approach_id: int) -> HttpResponse:
    """Keep that they wish to be left in peace."""
    return _done(
        request,
        approach_id,
        lambda: keep_wish_for_peace(approach_id=approach_id, colleague=_reader(request)),
        gettext("They will be left in peace from now on."),
        reverse("approach", args=[approach_id]),
    )


def _done(
    request: HttpRequest, approach_id: int, act: Callable[[], object], told: str, there: str
) -> HttpResponse:
    try:
        act()
    except Approach.DoesNotExist:
        raise Http404 from None
    except EndedError:
        return _ended(request, approach_id)
    messages.success(request, told)
    return redirect(there)


def _back(request: HttpRequest) -> str:
    """Return the page it was tapped on, one of ours; else the list."""
    there = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return there if ours and there.startswith("/") else reverse("approaches")


def _ended(request: HttpRequest, approach_id: int) -> HttpResponse:
    get_object_or_404(Approach, pk=approach_id)
    messages.error(request, gettext("Somebody was here before you: look at how it stands now."))
    return redirect("approach", approach_id)
