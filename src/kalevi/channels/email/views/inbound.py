"""The secret address to which providers bring mail, and its settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kalevi.channels.email import inbound
from kalevi.channels.email.imap import LARGEST
from kalevi.shell.access import open_to
from kalevi.shell.middleware import public
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import ADMINISTRATORS


@public
@csrf_exempt
@require_POST
def bring(request: HttpRequest, key: str) -> HttpResponse:
    """Take a mail in; only what is on disk is answered with 200, so that a provider brings the rest again."""
    if inbound.inbound_with(key) is None:
        return JsonResponse({"reason": "unknown_address"}, status=404)
    length = whole_number(request.META.get("CONTENT_LENGTH") or "")
    if length is None:
        return JsonResponse({"reason": "length"}, status=411)
    if length > inbound.MOST_BYTES:
        return JsonResponse({"reason": "too_large"}, status=413)
    try:
        body = request.read(length)
    except UnreadablePostError:
        body = b""
    if len(body) != length:
        return JsonResponse({"reason": "cut_short"}, status=400)
    raw = inbound.mail_in(body, request.META.get("CONTENT_TYPE", ""))
    if raw is None:
        # The provider has to be told to send the whole mail, not what it made of it.
        return JsonResponse({"reason": "no_raw_mail"}, status=422)
    if len(raw) > LARGEST:
        return JsonResponse({"reason": "too_large"}, status=413)
    inbound.keep(raw)
    return JsonResponse({"stored": True})


@require_POST
@open_to(ADMINISTRATORS)
def settings(request: HttpRequest) -> HttpResponse:
    """Make the address, make another in its place, or take it out of use."""
    if "close" in request.POST:
        inbound.close(actor_id=request.user.pk)
        messages.success(request, gettext("The address is out of use. What came to it stays."))
    else:
        inbound.renew(actor_id=request.user.pk)
        messages.success(
            request, gettext("The address is ready. Give it to your provider, and to nobody else.")
        )
    return redirect("email_settings")
