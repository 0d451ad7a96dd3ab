"""What the script on another page loads and sends. No cookie is set or read."""

from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from kalevi.channels.survey.answers import MOST_BYTES
from kalevi.channels.survey.live import language_for, live
from kalevi.channels.survey.reception import Outcome, take
from kalevi.channels.widget.asking import asked_of
from kalevi.channels.widget.origins import may_ask
from kalevi.shell.callers import address_of
from kalevi.shell.middleware import public
from kalevi.shell.numbers import whole_number

_STATUS = {
    Outcome.KEPT: 200,
    Outcome.NOT_FOUND: 404,
    Outcome.TOO_LARGE: 413,
    Outcome.TOO_MANY: 429,
    Outcome.FULL: 503,
    Outcome.EMPTY: 422,
    Outcome.INCOMPLETE: 422,
}


@cache
def _script() -> bytes:
    return (files("kalevi.channels.widget") / "static" / "widget" / "widget.js").read_bytes()


@public
@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """Give the script under an address that never changes."""
    headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8", headers=headers)


@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """Tell what a survey asks, or take in an answer: for pages of the origins the company listed."""
    found = live(key)
    if found is None:
        return _reply({"reason": "closed"}, 404, "")
    origin = request.headers.get("Origin", "")
    # A page of our own sends no Origin when it only reads.
    own = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if not own and not may_ask(origin):
        return _reply({"reason": "origin"}, 403, "")
    if request.method == "POST":
        return _answer(request, key, origin)
    if not found.is_open:
        return _reply({"reason": "closed"}, 404, origin)
    asked_for = request.GET.get("lang", "")
    return _reply(asked_of(found, language_for(asked_for, found.public.languages)), 200, origin)


def _answer(request: HttpRequest, key: str, origin: str) -> HttpResponse:
    length = whole_number(request.META.get("CONTENT_LENGTH") or "")
    if length is None or length > MOST_BYTES:
        return _reply({"kept": False}, 413, origin)
    taken = take(key, request.body, address=address_of(request.META), door="widget")
    response = _reply(
        {"kept": taken.outcome is Outcome.KEPT, "missing": taken.missing}, _STATUS[taken.outcome], origin
    )
    if taken.wait:
        response["Retry-After"] = str(int(taken.wait) + 1)
    return response


def _reply(told: dict[str, object], status: int, origin: str) -> HttpResponse:
    response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    response["Vary"] = "Origin"
    if origin:
        response["Access-Control-Allow-Origin"] = origin
    return response
