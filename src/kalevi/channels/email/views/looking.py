"""Mail that needs a look, mail no person wrote, and what was sent: for leaders."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.audit.actions import record
from kalevi.channels.email import actions, queries
from kalevi.channels.email.models import Received
from kalevi.channels.email.receiving import SOURCE
from kalevi.interactions.models import Intake
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import LEADERS


def _before(request: HttpRequest) -> int | None:
    return whole_number(request.GET.get("before", ""))


@require_GET
@open_to(LEADERS, words=True)
def quarantine(request: HttpRequest) -> HttpResponse:
    """List mails that could not be read, or with `kind=machines` those that no person wrote."""
    machines = request.GET.get("kind") == "machines"
    rows, older = (queries.machines_for_leaders if machines else queries.rejected_for_leaders)(
        _before(request)
    )
    context = {
        "section": "settings",
        "machines": machines,
        "rows": rows,
        "older": older,
        "failed": queries.failed_for_leaders() if not machines else [],
    }
    return render(request, "channels_email/quarantine.html", context)


@require_GET
@open_to(LEADERS, words=True)
def sent(request: HttpRequest) -> HttpResponse:
    """List what was sent and what became of it."""
    rows, older = queries.sent_for_leaders(_before(request))
    return render(request, "channels_email/sent.html", {"section": "settings", "rows": rows, "older": older})


def _row(intake_id: int) -> Intake:
    """Return a mail that is no encounter. Raises Http404."""
    row = get_object_or_404(Intake, pk=intake_id, source=SOURCE, raw__isnull=False)
    machine = Received.objects.filter(pk=row.pk).exclude(kind=Received.Kind.MESSAGE).exists()
    if row.state != Intake.State.REJECTED and not machine:
        raise Http404
    return row


@require_GET
@open_to(LEADERS, words=True)
def mail_row(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Show a mail as it came, as text."""
    row = _row(intake_id)
    record(action="email.look", actor_id=request.user.pk, subject=f"intake:{row.pk}")
    context = {
        "section": "settings",
        "row": row,
        "why": queries.reason_text(row.reason) if row.reason else "",
        "raw": queries.raw_shown(row),
        "cut": len(bytes(row.raw or b"")) > queries.SHOWN_RAW,
    }
    return render(request, "channels_email/row.html", context)


@require_GET
@open_to(LEADERS, words=True)
def mail_download(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Give a mail as a file, byte for byte."""
    row = _row(intake_id)
    record(action="email.download", actor_id=request.user.pk, subject=f"intake:{row.pk}")
    response = HttpResponse(bytes(row.raw or b""), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="kalevi-mail-{row.pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@open_to(LEADERS)
def mail_again(request: HttpRequest, intake_id: int) -> HttpResponse:
    """Read a mail again."""
    if actions.read_again(row=_row(intake_id), actor_id=request.user.pk):
        messages.success(request, gettext("It is read again within a moment."))
    else:
        messages.warning(request, gettext("There is nothing to read again."))
    return redirect("mail_quarantine")
