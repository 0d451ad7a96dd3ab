"""The whole mail of an interaction, what came along with it, and answering by mail."""

import secrets
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from kalevi.audit.actions import record
from kalevi.channels.email import answering, outbox, queries
from kalevi.channels.email.forms import AnsweredOtherwise, AnswerForm
from kalevi.channels.email.keeping_files import FILES
from kalevi.channels.email.models import Attachment
from kalevi.interactions.actions.notes import keep_answer
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import Card, cards_for_colleague
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.kept_files import to_save
from kalevi.shell.roles import STAFF


def _interaction(number: int) -> Interaction:
    return get_object_or_404(
        Interaction.objects.select_related("intake", "contact"), pk=number, erasure__isnull=True
    )


@require_GET
@open_to(STAFF)
def interaction_mail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a mail whole: quotations, signature and what came along."""
    interaction = _interaction(number)
    mail = queries.whole_mail(interaction)
    if mail is None:
        raise Http404
    context = {
        "section": "interactions",
        "interaction": interaction,
        "mail": mail,
        "thread": queries.thread_of(interaction),
    }
    return render(request, "channels_email/mail.html", context)


@require_GET
@open_to(STAFF)
def attachment(request: HttpRequest, attachment_id: int) -> HttpResponse:
    """Give what came along as a file to save: a browser shows none of it here."""
    row = get_object_or_404(Attachment, pk=attachment_id, refused="", received__intake__erasure__isnull=True)
    path = FILES.path_of(row.digest)
    if not path.is_file():
        raise Http404
    record(
        action="email.attachment",
        actor_id=request.user.pk,
        subject=f"intake:{row.received_id}",
        number=row.number,
    )
    return to_save(path, row.name)


@open_to(STAFF)
def interaction_mail_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Write an answer and send it; where no server sends, keep what was said in another way."""
    interaction, colleague = _interaction(number), cast(Colleague, request.user)
    card = next(iter(cards_for_colleague(colleague, [number])), None)
    if card is None or interaction.outbound:
        raise Http404
    initial = {
        "token": secrets.token_hex(16),
        "to": answering.address_to_answer(interaction),
        "subject": answering.subject_to_answer(interaction),
    }
    if "channel" in request.POST or "otherwise" in request.POST:
        return _otherwise(request, AnsweredOtherwise(request.POST), card)
    form = AnswerForm(request.POST or None, initial=initial)
    if not outbox.can_send():
        initial["words"] = request.POST.get("words", "")
        return _otherwise(request, AnsweredOtherwise(initial=initial), card)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            answering.answer(colleague=colleague, interaction=interaction, **told)
        except outbox.CannotSendError:
            form.add_error("to", gettext("No mail goes to this address. What you wrote is still here."))
        else:
            messages.success(request, gettext("Your answer is on its way. Thank you for answering."))
            return redirect("interaction_reading", number)
    context = {"section": "interactions", "form": form, "card": card, "interaction": interaction}
    return render(request, "channels_email/answer.html", context, status=422 if form.errors else 200)


def _otherwise(request: HttpRequest, form: AnsweredOtherwise, card: Card) -> HttpResponse:
    """Keep an answer that went another way, or show the pen for one, with whatever was written already."""
    colleague, interaction = cast(Colleague, request.user), card.interaction
    if form.is_valid():
        keep_answer(colleague=colleague, interaction=interaction, **form.cleaned_data)
        messages.success(request, gettext("Thank you for answering. They no longer wait."))
        return redirect("interaction_reading", interaction.pk)
    context = {
        "section": "interactions",
        "form": form,
        "card": card,
        "interaction": interaction,
        "address": answering.address_to_answer(interaction),
        "subject": answering.subject_to_answer(interaction),
    }
    return render(request, "channels_email/otherwise.html", context, status=422 if form.errors else 200)
