"""Why an administrator looks at other people's words: asked first, kept for an hour, in the audit.

Whoever also leads or meets customers is not asked, nor is somebody who is alone here.
"""

from datetime import timedelta
from typing import cast
from urllib.parse import quote

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.audit.looks import record_look, record_reason
from kalevi.people.models import Colleague
from kalevi.people.queries import is_alone
from kalevi.shell.roles import CLOSE, Role

LASTS = timedelta(hours=1)
# What one wrote on a page that was opened in time can still be sent.
CAN_SEND = timedelta(hours=12)
GIVEN = "people.reason"


class Why(models.TextChoices):
    """Reasons to look. Keys alone go to the audit: what one wrote there could never be erased."""

    ASKED = "asked", _("A customer asks about their own words or data")
    HELP = "help", _("A colleague asked me to help with something")
    AWAY = "away", _("I take care of it while a colleague is away")
    FAULT = "fault", _("Something does not work, and I look into it")
    CHECK = "check", _("I check that data is handled as it should be")


def give_reason(request: HttpRequest, why: str) -> None:
    """Keep a reason for an hour of this session, and write it down. Raises ValueError for an unknown one."""
    reason = Why(why).value
    record_reason(actor_id=request.user.pk, reason=reason)
    request.session[GIVEN] = [reason, timezone.now().timestamp()]


def ask_for_reason(request: HttpRequest, roles: frozenset[Role]) -> HttpResponse | None:
    """Let a colleague go on to a page with customers' words, or take an administrator to the question."""
    colleague = cast(Colleague, request.user)
    if not colleague.administrator or colleague.holds(*CLOSE):
        return None
    if is_alone(colleague):
        colleague.looks = True
        return None
    if reason := _standing(request):
        colleague.looks = True
        _write_down(request, reason)
        return None
    if colleague.board and Role.BOARD in roles:
        return None
    return _to_the_question(request)


def _standing(request: HttpRequest) -> str:
    reason, since = request.session.get(GIVEN) or ("", 0)
    lasts = CAN_SEND if request.method == "POST" else LASTS
    return reason if timezone.now().timestamp() - since < lasts.total_seconds() else ""


def _write_down(request: HttpRequest, reason: str) -> None:
    match = request.resolver_match
    if match is None or request.method != "GET" or request.headers.get("HX-Request") == "true":
        return
    told = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    record_look(
        actor_id=request.user.pk,
        page=match.url_name or "",
        ids=told,
        contact_id=told.get("number") if match.url_name == "customer" else None,
        reason=reason,
    )


def _to_the_question(request: HttpRequest) -> HttpResponse:
    back = request.path if request.method == "GET" else "/"
    there = f"{reverse('reason')}?next={quote(back)}"
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("reason")})
    return redirect(there)
