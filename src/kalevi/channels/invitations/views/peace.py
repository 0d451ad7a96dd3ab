"""Where somebody who was asked says: no more. A look at the page changes nothing; mail scanners look too."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kalevi.channels.invitations.actions import ask_no_more
from kalevi.channels.invitations.links import invitation_of
from kalevi.shell.middleware import public
from kalevi.shell.queries import company

PEACE = "peace"


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def no_more(request: HttpRequest, link: str) -> HttpResponse:
    """Ask what they wish, or keep it. A mail program's own button (RFC 8058) posts here without a form."""
    invitation = invitation_of(link)
    if invitation is None:
        raise Http404
    done = request.method == "POST"
    if done:
        ask_no_more(invitation=invitation, in_peace=request.POST.get("wish") == PEACE)
    with override(invitation.language):
        context = {"language": invitation.language, "company": company().name, "done": done}
        response = render(request, "invitations/no_more.html", context)
    response["Content-Language"] = invitation.language
    response["Cache-Control"] = "no-store"
    return response
