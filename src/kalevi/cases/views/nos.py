"""Saying no honestly: asking a colleague to look, and looking."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.cases.actions import carrying, nos, steps
from kalevi.cases.actions.looking import LeakError
from kalevi.cases.forms import SayingNo
from kalevi.cases.models import Case
from kalevi.cases.no_models import AskedNo
from kalevi.cases.queries.one import others_than
from kalevi.cases.views.one import closed, shown
from kalevi.cases.views.refusing import NOT_SENT, why_not_sent
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF


@open_to(STAFF)
@require_POST
def say_no(request: HttpRequest, case_id: int) -> HttpResponse:
    """Ask a colleague to look at a no; alone, tell it on one's own word."""
    get_object_or_404(Case, pk=case_id)
    colleague = cast(Colleague, request.user)
    form = SayingNo(request.POST, others=others_than(colleague))
    if not form.is_valid():
        return shown(request, case_id, saying_no=form)
    told = form.cleaned_data
    words = {key: told[key] for key in ("reason", "instead", "anyway")} | {"by_mail": told["no_by_mail"]}
    try:
        if "asked" in told:
            nos.ask_no(case_id=case_id, colleague=colleague, asked=told["asked"], **words)
        else:
            nos.say_no_alone(case_id=case_id, colleague=colleague, **words)
    except (carrying.ClosedError, carrying.NotTheirsError, nos.NotAloneError, steps.NothingToAnswerError):
        return closed(request, case_id)
    except NOT_SENT as error:
        form.add_error("reason", why_not_sent(error))
        return shown(request, case_id, saying_no=form, no_leaks=isinstance(error, LeakError))
    if "asked" in told:
        said = gettext("%(name)s looks at it before the customer hears it.") % {"name": told["asked"].name}
        messages.success(request, said)
    else:
        messages.success(request, gettext("Told. The case rests, and opens again when they write."))
    return redirect("case", case_id)


@open_to(STAFF)
@require_POST
def answer_no(request: HttpRequest, asked_id: int) -> HttpResponse:
    """Stand behind a no, or say what one would do otherwise."""
    made = get_object_or_404(AskedNo, pk=asked_id)
    agree = request.POST.get("agree") == "yes"
    otherwise = request.POST.get("otherwise", "").strip()[:500]
    try:
        nos.answer_no(
            asked_id=asked_id, colleague=cast(Colleague, request.user), agree=agree, otherwise=otherwise
        )
    except AskedNo.DoesNotExist:
        raise Http404 from None
    except (carrying.ClosedError, carrying.NotTheirsError, steps.NothingToAnswerError):
        return closed(request, made.case_id)
    except NOT_SENT as error:
        messages.error(request, why_not_sent(error))
        return redirect("case", made.case_id)
    if agree:
        messages.success(request, gettext("Told. The case rests, and opens again when they write."))
    else:
        messages.success(request, gettext("It was not sent. Your thought is there for the one who wrote it."))
    return redirect("case", made.case_id)
