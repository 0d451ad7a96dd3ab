"""One case: answer, next step, hand over, resolve."""

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

from kalevi.cases.actions import carrying, merging, steps, verdicts
from kalevi.cases.actions.links import give_link, revoke_links
from kalevi.cases.actions.looking import LeakError
from kalevi.cases.actions.opening import HasCaseError, open_by_hand
from kalevi.cases.actions.visiting import note_visit
from kalevi.cases.forms import Afterwards, Answering, NextStep, Offering, SayingNo, times_from
from kalevi.cases.language import language_of
from kalevi.cases.models import Case, CaseWord, Step
from kalevi.cases.queries.one import (
    Whole,
    case_for_colleague,
    coach_for_case,
    newest_word,
    others_than,
    takers_for,
)
from kalevi.cases.snippet_models import Snippet
from kalevi.cases.snippets import snippets_in
from kalevi.cases.views.refusing import NOT_SENT, why_not_sent
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import cards_for_colleague
from kalevi.people.models import Colleague
from kalevi.promises.queries.beside import promises_beside
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import STAFF

LONGEST_DRAFT = 20_000
# What one tap does, and what is said of it.
ACTS: dict[str, tuple[Callable[..., object], object]] = {
    "take": (carrying.take, _("It is yours now.")),
    "resolve": (steps.resolve, _("Resolved as we see it. The customer has the last word.")),
    "reopen": (verdicts.reopen, _("Open again.")),
    "told-again": (steps.note_told_again, _("Noted: the customer had to explain again.")),
}


@open_to(STAFF)
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show a case."""
    return shown(request, case_id)


def shown(request: HttpRequest, case_id: int, *, status: int = 422, **forms: Any) -> HttpResponse:
    """Answer with the page of a case, with forms that were sent and did not hold."""
    try:
        whole = case_for_colleague(_reader(request), case_id, timezone.now())
    except Case.DoesNotExist:
        raise Http404 from None
    if request.method == "GET":
        note_visit(case=whole.case, colleague=_reader(request))
    times = times_from(timezone.now())
    context = {
        "section": "cases",
        "whole": whole,
        "case": whole.case,
        "mine": whole.case.owner_id == request.user.pk,
        "promises": promises_beside(whole.case.contact_id),
        "answering": Answering(initial={"token": secrets.token_hex(16), "seen": whole.newest}),
        "afterwards": Afterwards(case=whole.case, times=times),
        "next_step": NextStep(
            initial={"step": whole.case.step or Step.ANSWER, "when": "tomorrow"}, times=times
        ),
        "offering": Offering(takers=takers_for(whole.case)),
        "saying_no": SayingNo(others=others_than(_reader(request)), initial=_asked_before(whole, request)),
        "snippets": snippets_in(language_of(whole.case)) if whole.case.live else (),
        **forms,
    }
    return render(request, "cases/case.html", context, status=status if forms else 200)


def _asked_before(whole: Whole, request: HttpRequest) -> dict[str, str]:
    """Return what the reader wrote of a no that still waits to be looked at, to be changed."""
    asked = whole.asked_no
    if asked is None or asked.ended_at is not None or asked.colleague_id != request.user.pk:
        return {}
    return {"reason": asked.reason, "instead": asked.instead}


def _reader(request: HttpRequest) -> Colleague:
    return cast(Colleague, request.user)


@open_to(STAFF)
@require_POST
def answer(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep what was answered."""
    if "snippet" in request.POST:
        return _with_snippet(request, case_id)
    form, after = Answering(request.POST), None
    if "then-when" in request.POST:
        after = Afterwards(request.POST, case=get_object_or_404(Case, pk=case_id))
    forms: dict[str, Any] = {"answering": form} | ({"afterwards": after} if after else {})
    if not form.is_valid() or (after is not None and not after.is_valid()):
        return shown(request, case_id, **forms)
    told = form.cleaned_data | {"then": after.told() if after else None}
    told["seen"] = whole_number(told["seen"])
    try:
        steps.answer(case_id=case_id, colleague=_reader(request), **told)
    except (carrying.ClosedError, steps.NothingToAnswerError):
        return closed(request, case_id)
    except NOT_SENT as error:
        form.add_error("words", why_not_sent(error))
        return shown(request, case_id, leaks=isinstance(error, LeakError), **forms)
    except steps.MeanwhileError:
        return _look_first(request, case_id, forms)
    on_its_way, kept = gettext("The answer is on its way."), gettext("The answer is saved.")
    messages.success(request, on_its_way if told["by_mail"] else kept)
    return redirect("case", case_id)


def _look_first(request: HttpRequest, case_id: int, forms: dict[str, Any]) -> HttpResponse:
    """Show the page again with what was said meanwhile, and what was written, which goes when sent again."""
    told = request.POST.copy()
    told["seen"] = str(newest_word(case_id))
    form = Answering(told)
    form.add_error(
        "words",
        gettext("Somebody said more while you wrote: look at it above. What you wrote is still here."),
    )
    return shown(request, case_id, **(forms | {"answering": form}))


def _with_snippet(request: HttpRequest, case_id: int) -> HttpResponse:
    """Show the page again with a snippet put below what was written; nothing is kept or sent."""
    found = get_object_or_404(Snippet, pk=whole_number(request.POST["snippet"]))
    written = request.POST.get("words", "")[:LONGEST_DRAFT].rstrip()
    words = f"{written}\n\n{found.words}" if written else found.words
    initial: dict[str, object] = {"token": request.POST.get("token", "")[:64], "words": words}
    initial["seen"] = request.POST.get("seen", "")[:20]
    if request.POST.get("asked_by_mail"):
        initial["by_mail"] = "by_mail" in request.POST
    return shown(request, case_id, status=200, answering=Answering(initial=initial))


@open_to(STAFF)
@require_POST
def coach(request: HttpRequest, case_id: int) -> HttpResponse:
    """Answer with what could still be better in a draft; nothing of it is kept."""
    found = get_object_or_404(Case.objects.select_related("contact"), pk=case_id)
    draft = request.POST.get("words", "")[:LONGEST_DRAFT]
    note = request.GET.get("kind") == "note"
    checked = coach_for_case(found, draft, reader=_reader(request), note=note) if draft.strip() else None
    context = {
        "hints": checked.hints if checked else (),
        "note": note,
        "mine": found.live and found.owner_id == request.user.pk,
    }
    return render(request, "cases/_coach.html", context)


@open_to(STAFF)
@require_POST
def link(request: HttpRequest, case_id: int) -> HttpResponse:
    """Make the customer's own link to the case, or end those that were given."""
    found = get_object_or_404(Case.objects.select_related("contact"), pk=case_id)
    actor_id = request.user.pk
    if "end" in request.POST:
        revoke_links(case=found, actor_id=actor_id)
        messages.success(request, gettext("The link no longer works."))
        return redirect("case", case_id)
    try:
        give_link(case=found, language=language_of(found), actor_id=actor_id)
    except carrying.ClosedError:
        return closed(request, case_id)
    messages.success(
        request, gettext("Here is the customer’s own link. It goes along with answers by e-mail.")
    )
    return redirect("case", case_id)


@open_to(STAFF)
@require_POST
def step(request: HttpRequest, case_id: int) -> HttpResponse:
    """Keep what happens next."""
    form = NextStep(request.POST)
    if not form.is_valid():
        return shown(request, case_id, next_step=form)
    told = form.cleaned_data
    try:
        steps.set_step(
            case_id=case_id,
            colleague=_reader(request),
            step=Step(told["step"]),
            at=told["at"],
            words=told["words"],
            waits=told["waits"],
        )
    except carrying.ClosedError:
        return closed(request, case_id)
    messages.success(request, gettext("Saved. It comes up on your list in time."))
    return redirect("case", case_id)


@open_to(STAFF)
@require_POST
def offer(request: HttpRequest, case_id: int) -> HttpResponse:
    """Offer the case to a colleague."""
    found = get_object_or_404(Case, pk=case_id)
    form = Offering(request.POST, takers=takers_for(found))
    if not form.is_valid():
        return shown(request, case_id, offering=form)
    try:
        carrying.offer(case_id=case_id, giver=_reader(request), **form.cleaned_data)
    except (carrying.ClosedError, carrying.NotTheirsError):
        return closed(request, case_id)
    name = form.cleaned_data["taker"].name
    messages.success(
        request, gettext("Offered to %(name)s. It stays yours until they take it.") % {"name": name}
    )
    return redirect("case", case_id)


@open_to(STAFF)
@require_POST
def answer_offer(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Take an offered case, or leave it with the giver."""
    accept = request.POST.get("take") == "yes"
    try:
        found = carrying.answer_offer(handover_id=handover_id, taker=_reader(request), accept=accept)
    except (carrying.NoOfferError, carrying.ClosedError):
        messages.error(request, gettext("This offer has ended already."))
        return redirect("cases")
    if accept:
        messages.success(request, gettext("It is yours now."))
        return redirect("case", found.pk)
    messages.success(request, gettext("It stays with the one who offered it."))
    return redirect("cases")


@open_to(STAFF)
@require_POST
def act(request: HttpRequest, case_id: int, what: str) -> HttpResponse:
    """Take, resolve, reopen, or count that the customer had to tell it again."""
    if what not in ACTS:
        raise Http404
    action, told = ACTS[what]
    # Two who step in at once: the second is shown who was first.
    more = {"carrier": whole_number(request.POST.get("carrier", ""))} if what == "take" else {}
    try:
        action(case_id=case_id, colleague=_reader(request), **more)
    except Case.DoesNotExist:
        raise Http404 from None
    except carrying.ClosedError:
        return closed(request, case_id)
    messages.success(request, str(told))
    return redirect("case", case_id)


@open_to(STAFF)
@require_POST
def merge(request: HttpRequest, case_id: int, into_id: int) -> HttpResponse:
    """Join a case to another of the same customer."""
    try:
        merging.merge(case_id=case_id, into_id=into_id, colleague=_reader(request))
    except Case.DoesNotExist:
        raise Http404 from None
    except (carrying.ClosedError, ValueError):
        return closed(request, case_id)
    messages.success(request, gettext("Joined. Their words are all here now."))
    return redirect("case", into_id)


@open_to(STAFF)
@require_POST
def open_case(request: HttpRequest, number: int) -> HttpResponse:
    """Open a case for words, or go to the one they belong to."""
    said = get_object_or_404(Interaction, pk=number, outbound=False)
    try:
        opened = open_by_hand(interaction=said, colleague=_reader(request))
    except HasCaseError as known:
        return redirect("case", known.case.pk)
    messages.success(request, gettext("You carry this now. Say what happens next."))
    return redirect("case", opened.pk)


@open_to(STAFF)
def case_of(request: HttpRequest, number: int) -> HttpResponse:
    """Go to the case that words belong to, or ask whether to open one."""
    word = CaseWord.objects.filter(interaction=number).first()
    if word is not None:
        return redirect("case", word.case_id)
    card = next(iter(cards_for_colleague(_reader(request), [number])), None)
    if card is None or not card.readable:
        raise Http404
    return render(request, "cases/open.html", {"section": "cases", "card": card})


def closed(request: HttpRequest, case_id: int) -> HttpResponse:
    """Lead back to a case where somebody acted before."""
    case = get_object_or_404(Case.objects.select_related("contact"), pk=case_id)
    if case.customer_erased:
        said = gettext("This customer’s data were erased, so this cannot be done any more.")
    else:
        said = gettext("Somebody was here before you: look at how the case stands now.")
    messages.error(request, said)
    return redirect("case", case_id)
