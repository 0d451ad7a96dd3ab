"""One promise: what was promised, the dates the customer was told, what became of it."""

import secrets
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kalevi.channels.email.outbox import CannotSendError
from kalevi.people.models import Colleague
from kalevi.promises.actions import keeping, writing
from kalevi.promises.actions.giving import TimeError
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.forms import KeptAt, Writing
from kalevi.promises.models import Promise, State
from kalevi.promises.queries.one import promise_for_colleague
from kalevi.promises.times import QUICK, later, quick
from kalevi.promises.views.ledger import go_back
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import STAFF


def _release(*, promise_id: int, colleague: Colleague) -> object:
    return keeping.release(promise_id=promise_id, actor_id=colleague.pk)


# What one tap does, and what is said of it.
ACTS: dict[str, tuple[Callable[..., object], object]] = {
    "broken": (keeping.give_up, _("Noted: it was not kept. Tell the customer, if they have not heard.")),
    "released": (_release, _("Noted: the customer released us from it.")),
    "take": (keeping.take, _("It is yours to keep now.")),
    "reopen": (keeping.reopen, _("Open again.")),
}


@open_to(STAFF)
def promise(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Show a promise."""
    return _shown(request, promise_id)


def _shown(request: HttpRequest, promise_id: int, **forms: Any) -> HttpResponse:
    try:
        whole = promise_for_colleague(promise_id, timezone.now())
    except Promise.DoesNotExist:
        raise Http404 from None
    context = {
        "section": "promises",
        "whole": whole,
        "promise": whole.promise,
        "mine": whole.promise.owner_id == request.user.pk,
        "kept_at": KeptAt(),
        "quick": QUICK,
        "open": whole.promise.state == State.OPEN,
        **forms,
    }
    return render(request, "promises/one.html", context, status=422 if forms else 200)


@open_to(STAFF)
@require_POST
def keep(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Say that it was kept."""
    get_object_or_404(Promise, pk=promise_id)
    form = KeptAt(request.POST)
    if not form.is_valid():
        return _shown(request, promise_id, kept_at=form)
    try:
        kept = keeping.keep(
            promise_id=promise_id, colleague=cast(Colleague, request.user), at=form.cleaned_data["at"]
        )
    except TimeError:
        form.add_error("at", gettext("Choose a time that has passed, after it was promised."))
        return _shown(request, promise_id, kept_at=form)
    except keeping.EndedError:
        return _ended(request, promise_id)
    if kept.state == State.KEPT:
        messages.success(request, gettext("Kept in time. Well done."))
    else:
        messages.success(request, gettext("Kept, later than the customer first heard."))
    return go_back(request) if "back" in request.POST else redirect("promise", promise_id)


@open_to(STAFF)
@require_POST
def act(request: HttpRequest, promise_id: int, what: str) -> HttpResponse:
    """Say that it was not kept or is not needed, take it, or open it again."""
    if what not in ACTS:
        raise Http404
    get_object_or_404(Promise, pk=promise_id)
    action, told = ACTS[what]
    try:
        action(promise_id=promise_id, colleague=cast(Colleague, request.user))
    except keeping.EndedError:
        return _ended(request, promise_id)
    messages.success(request, str(told))
    return redirect("promise", promise_id)


@open_to(STAFF)
def new_time(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Write the customer a new time: a letter that is begun already, or that they were told otherwise."""
    found = get_object_or_404(Promise.objects.select_related("contact", "owner"), pk=promise_id)
    if found.state != State.OPEN:
        return _ended(request, promise_id)
    said = writing.newest_words(found.contact_id)
    to, reader = writing.address_for(said), cast(Colleague, request.user)
    if request.method == "POST":
        form = Writing(request.POST)
        if form.is_valid():
            answer = _write(request, promise_id, reader, form)
            if answer is not None:
                return answer
    else:
        chosen = request.GET.get("when", "")
        chosen = chosen if chosen in dict(QUICK) else later(found.due_at, timezone.now(), _zone())
        form = Writing(initial=_begun(found, reader, chosen, to, writing.language_for(found, said)))
    if not to:
        form.told_otherwise()
    context = {"section": "promises", "promise": found, "form": form, "to": to}
    return render(request, "promises/new_time.html", context, status=422 if form.is_bound else 200)


def _begun(promise: Promise, reader: Colleague, chosen: str, to: str, language: str) -> dict[str, object]:
    due_at, by_day = quick(chosen, timezone.now(), _zone())
    words = writing.letter(promise, reader, due_at, by_day, language) if to else ""
    return {"token": secrets.token_hex(16), "when": chosen, "words": words, "by_mail": bool(to)}


def _zone() -> Any:
    return timezone.get_current_timezone()


def _write(request: HttpRequest, promise_id: int, reader: Colleague, form: Writing) -> HttpResponse | None:
    names = ("token", "words", "due_at", "by_day", "by_mail")
    try:
        writing.write_new_time(
            promise_id=promise_id, colleague=reader, **{name: form.cleaned_data[name] for name in names}
        )
    except CannotSendError:
        form.add_error(
            "words", gettext("It cannot be sent by e-mail. Untick the box and tell them yourself.")
        )
        return None
    except TimeError:
        form.add_error("at", gettext("Choose a time ahead, at most two years away."))
        return None
    except keeping.EndedError:
        return _ended(request, promise_id)
    messages.success(
        request, gettext("The new time stands beside the first one, and you are reminded of it in time.")
    )
    return redirect("promise", promise_id)


@open_to(STAFF)
@require_POST
def put_under(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Say to which promise to everybody this one belongs."""
    get_object_or_404(Promise, pk=promise_id)
    number = whole_number(request.POST.get("brand", ""))
    brand = BrandPromise.objects.filter(pk=number, ended_at__isnull=True).first() if number else None
    keeping.put_under(promise_id=promise_id, brand=brand, colleague=cast(Colleague, request.user))
    messages.success(request, gettext("Saved."))
    return redirect("promise", promise_id)


def _ended(request: HttpRequest, promise_id: int) -> HttpResponse:
    messages.error(request, gettext("Somebody was here before you: look at how it stands now."))
    return redirect("promise", promise_id)
