"""Settings of mail: which mailboxes are read, and how mail leaves."""

from typing import cast

from django.conf import settings as config
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kalevi.channels.email import acknowledging, actions, checking
from kalevi.channels.email.failures import failure_text
from kalevi.channels.email.forms import MailboxForm, OutgoingForm
from kalevi.channels.email.inbound import key_of
from kalevi.channels.email.models import Inbound, Mailbox, Outgoing
from kalevi.channels.email.queries import mailboxes_for_administrator, outgoing_for_administrator
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import ADMINISTRATORS
from kalevi.shell.templatetags.kalevi import number


@open_to(ADMINISTRATORS)
def email_settings(request: HttpRequest) -> HttpResponse:
    """Show which mailboxes are read and how mail leaves, with what is wrong."""
    outgoing, failure = outgoing_for_administrator()
    context = {
        "section": "settings",
        "mailboxes": mailboxes_for_administrator(),
        "outgoing": outgoing,
        "outgoing_failure": failure,
        "inbound": (brought := Inbound.objects.filter(pk=1).first()),
        "inbound_address": f"{config.ADDRESS}{reverse('mail_inbound', args=[key_of(brought)])}"
        if brought
        else "",
    }
    return render(request, "channels_email/settings.html", context)


@open_to(ADMINISTRATORS)
def mailbox_add(request: HttpRequest) -> HttpResponse:
    """Take a mailbox into use."""
    return _mailbox(request, None)


@open_to(ADMINISTRATORS)
def mailbox_change(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    """Change a mailbox."""
    return _mailbox(request, get_object_or_404(Mailbox, pk=mailbox_id))


def _mailbox(request: HttpRequest, mailbox: Mailbox | None) -> HttpResponse:
    form = MailboxForm(request.POST or None, stored=mailbox)
    wrong = well = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if "try" in request.POST:
            key, count = checking.try_mailbox(values, mailbox)
            wrong = failure_text(key)
            if not wrong:
                well = ngettext(
                    "It works. There is %(number)s mail from that day on.",
                    "It works. There are %(number)s mails from that day on.",
                    count,
                ) % {"number": number(count)}
        else:
            actions.keep_mailbox(mailbox=mailbox, values=values, actor_id=request.user.pk)
            messages.success(request, gettext("The mailbox is saved. Mail comes in within a minute."))
            return redirect("email_settings")
    context = {"section": "settings", "form": form, "mailbox": mailbox, "wrong": wrong, "well": well}
    return render(request, "channels_email/mailbox.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(ADMINISTRATORS)
def mailbox_remove(request: HttpRequest, mailbox_id: int) -> HttpResponse:
    """Stop reading a mailbox and forget its password."""
    mailbox = get_object_or_404(Mailbox, pk=mailbox_id)
    actions.remove_mailbox(mailbox=mailbox, actor_id=request.user.pk)
    messages.success(request, gettext("The mailbox is no longer read. What came from it stays."))
    return redirect("email_settings")


@open_to(ADMINISTRATORS)
def outgoing_settings(request: HttpRequest) -> HttpResponse:
    """Say which server sends, and as whom; try it."""
    stored = Outgoing.objects.filter(pk=1).first()
    form = OutgoingForm(request.POST or None, stored=stored)
    me = cast(Colleague, request.user)
    wrong = well = ""
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if "try" in request.POST:
            wrong = failure_text(checking.try_outgoing(values, stored, to=me.email))
            if not wrong:
                well = gettext("The server took the mail. Look in your own mailbox: it should be there soon.")
        else:
            actions.keep_outgoing(values=values, actor_id=me.pk)
            checking.prove_signed_address()
            messages.success(request, gettext("Saved. Mail leaves from here now."))
            return redirect("email_settings")
    context = {
        "section": "settings",
        "form": form,
        "outgoing": stored,
        "wrong": wrong,
        "well": well,
        "thanks": acknowledging.words(getattr(request, "LANGUAGE_CODE", "fi"))[1],
        "me": me.email,
    }
    return render(request, "channels_email/outgoing.html", context, status=422 if form.errors else 200)
