"""The ledger, what may be promises, the figures, and writing one down by hand."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.interactions.queries.filters import number_from
from kalevi.people.models import Colleague, Contact
from kalevi.promises.actions import believing, giving
from kalevi.promises.forms import Giving, When
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Promise
from kalevi.promises.queries import lists
from kalevi.promises.queries.measures import shown_for_colleague
from kalevi.promises.queries.rates import rates_for_colleague
from kalevi.promises.times import QUICK
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import EVERYBODY, STAFF, roles_of


@open_to(EVERYBODY)
def promises(request: HttpRequest) -> HttpResponse:
    """Show one's own promises, everybody's, what may be promises, or those that ended; `list` says which."""
    if not roles_of(request.user) & STAFF:
        # The board sees figures and no names.
        return redirect("promise_figures")
    now, after = timezone.now(), _after(request.GET)
    chosen = request.GET.get("list", "mine")
    chosen = chosen if chosen in lists.LISTS else "mine"
    only = request.GET.get("only", "")
    context: dict[str, object] = {"section": "promises", "chosen": chosen, "only": only, "quick": QUICK}
    if chosen == "maybe":
        context["guesses"] = lists.guesses_for_colleague(before=number_from(request.GET, "before"))
    elif chosen == "ended":
        context["page"] = lists.ended_for_colleague(now, only=only, after=after)
    else:
        owner = cast(Colleague, request.user) if chosen == "mine" else None
        context["page"] = lists.open_for_colleague(now, owner=owner, due=only == "due", after=after)
    return render(request, "promises/list.html", context)


def _after(asked: QueryDict) -> lists.Place | None:
    """Return the place a list goes on after; None where the address names none."""
    number = whole_number(asked.get("id", ""))
    try:
        at: datetime | None = parse_datetime(asked.get("at", ""))
    except ValueError:
        return None
    if at is None or at.tzinfo is None or number is None:
        return None
    return at, number


@open_to(EVERYBODY, words=False)
def figures(request: HttpRequest) -> HttpResponse:
    """Show how many promises were kept, by where, by team and by what we promise everybody."""
    reader, now = cast(Colleague, request.user), timezone.now()
    context = {
        "section": "promises",
        "rates": rates_for_colleague(reader, now),
        "brands": shown_for_colleague(reader, now),
        "staff": bool(roles_of(reader) & STAFF),
    }
    return render(request, "promises/figures.html", context)


@open_to(STAFF)
def write_down(request: HttpRequest) -> HttpResponse:
    """Write down a promise by hand, to the contact that the address names."""
    number = whole_number(request.POST.get("contact") or request.GET.get("contact", ""))
    if number is None:
        return redirect("customers")
    contact = get_object_or_404(Contact, pk=number, merged_into__isnull=True)
    if contact.erasure_id is not None:
        said = gettext("This customer’s data were erased, so this cannot be done any more.")
        messages.error(request, said)
        return redirect("customer", contact.pk)
    form = Giving(request.POST or None, initial={"contact": contact.pk, "when": "tomorrow"})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        names = ("contact", "words", "due_at", "by_day", "touchpoint", "brand")
        try:
            made = giving.give(giver=cast(Colleague, request.user), **{name: told[name] for name in names})
        except (giving.TimeError, giving.GoneError):
            form.add_error(None, gettext("Somebody was here before you: look at how it stands now."))
        else:
            messages.success(request, gettext("Written down. You are reminded in time."))
            return redirect("promise", made.pk)
    context = {"section": "promises", "form": form, "contact": contact}
    return render(request, "promises/new.html", context, status=422 if form.is_bound else 200)


@open_to(STAFF)
@require_POST
def answer_proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Take what a colleague says of words: a promise, and by when; none; or one that is known."""
    reader, said = cast(Colleague, request.user), request.POST.get("say", "")
    get_object_or_404(Proposal, pk=proposal_id)
    try:
        if said == "not":
            giving.refuse(proposal_id=proposal_id, colleague=reader)
            messages.success(request, gettext("Noted: that is no promise."))
        elif said == "broken":
            believing.take_their_word(proposal_id=proposal_id, colleague=reader)
            messages.success(request, gettext("Noted: the customer says it was not kept."))
        elif said.startswith("same:") and (same := whole_number(said.removeprefix("same:"))) is not None:
            giving.join(proposal_id=proposal_id, promise_id=same, colleague=reader)
            messages.success(request, gettext("Noted: it is about a promise you already know."))
        else:
            return _confirm(request, proposal_id, reader, said)
    except (giving.AnsweredError, giving.GoneError, Promise.DoesNotExist):
        messages.error(request, gettext("Somebody was here before you: look at how it stands now."))
    return go_back(request)


def _confirm(request: HttpRequest, proposal_id: int, reader: Colleague, said: str) -> HttpResponse:
    form = When({"when": said if said in dict(QUICK) else "", "at": request.POST.get("at", "")})
    own_time = form.is_valid()
    try:
        made = giving.confirm(
            proposal_id=proposal_id,
            colleague=reader,
            due_at=form.cleaned_data["due_at"] if own_time else None,
            by_day=form.cleaned_data["by_day"] if own_time else False,
            carry=request.POST.get("carry") == "yes",
        )
    except giving.TimeError:
        messages.error(request, gettext("Say by when: a promise has a time."))
        return go_back(request)
    if made.owner_id == reader.pk:
        messages.success(request, gettext("Written down. You are reminded in time."))
    else:
        name = made.owner.name
        messages.success(
            request, gettext("Written down. %(name)s keeps it and is reminded in time.") % {"name": name}
        )
    return go_back(request)


def go_back(request: HttpRequest) -> HttpResponse:
    """Return to the page the tap was on, one of ours."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return redirect(back)
    return redirect("promises")
