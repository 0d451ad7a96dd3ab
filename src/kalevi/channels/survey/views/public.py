"""Public pages through the whole application, for a server without the front door: the same replies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kalevi.channels.survey.replies import Reply, answered, opened, sent, thanked
from kalevi.shell.callers import address_of
from kalevi.shell.middleware import public


def _response(request: HttpRequest, reply: Reply | None) -> HttpResponse:
    if reply is None:
        raise Http404
    headers, body = sent(reply, request.headers.get("Accept-Encoding", ""))
    return HttpResponse(body, status=reply.status, headers=dict(headers))


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, key: str, language: str = "") -> HttpResponse:
    """Show the questions, or take an answer."""
    if request.method == "POST":
        return _response(request, answered(key, request.body, address_of(request.META)))
    accepted = request.headers.get("Accept-Language", "")
    return _response(request, opened(key, language, accepted, request.META.get("QUERY_STRING", "")))


@public
@require_GET
def thanks(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Say thank you, and what happens next."""
    return _response(request, thanked(key, language))
