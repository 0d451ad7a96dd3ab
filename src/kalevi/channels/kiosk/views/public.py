"""What a screen shows and sends. No cookie, no session: the key in the address is all."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from importlib.resources import files
from time import monotonic
from typing import Any
from uuid import uuid4

from csp.constants import SELF
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kalevi.channels.kiosk.actions import hear_from_kiosk
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.kiosk.queries import Screen, screen_for_customer
from kalevi.channels.kiosk.receiving import MOST_BYTES, NotAnAnswerError, Sent, receive, sent_in, told_in
from kalevi.channels.survey.limits import wait_for
from kalevi.channels.survey.pages import NAMES
from kalevi.shell.buckets import Buckets
from kalevi.shell.callers import address_of
from kalevi.shell.icons import pictures
from kalevi.shell.middleware import public
from kalevi.shell.queries import company

logger = logging.getLogger(__name__)
# A device that was away for days sends what it kept at this pace.
BY_KIOSK = Buckets(burst=120, a_second=5)
# How long a screen out of use may still bring what it kept.
LATE = timedelta(days=30)
# Seconds to wait before asking a full disk again.
FULL = 30.0


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """Show the faces, or take in an answer: as JSON from our script, as a form without one."""
    if request.method == "POST":
        return _answer(request, key)
    found = screen_for_customer(key)
    if found is None:
        return _resting(request, _kiosk(key))
    languages = found.version.languages or ["fi"]
    asked_for = request.GET.get("lang", "")
    language = asked_for if asked_for in languages else languages[0]
    with override(language):
        context: dict[str, Any] = {
            "screen": found,
            "language": language,
            "company": company().name,
            "title": found.asked.feeling.asked(language),
            "choose": gettext("Language"),
            "full": gettext("Full screen"),
            "pages": list(_pages(found, languages)),
            "shapes": [(face.tone, pictures("shape")[face.tone]) for face in found.asked.faces if face.tone],
        }
        response = render(request, "kiosk/screen.html", context)
    response._csp_update = {"worker-src": [SELF]}  # type: ignore[attr-defined]  # read by django-csp
    return _fresh(response, language)


def _pages(found: Screen, languages: list[str]) -> Iterator[dict[str, Any]]:
    for language in languages:
        with override(language):
            yield {
                "language": language,
                "name": NAMES[language],
                "id": uuid4(),
                "title": found.asked.feeling.asked(language),
                "asked": found.asked.feeling.asked(language),
                "faces": [
                    {"key": f.key, "tone": f.tone, "mouth": f.mouth, "label": f.word.texts.best(language)}
                    for f in found.asked.faces
                ],
                "words": found.asked.words.asked(language) if found.asked.words else "",
                "thanks": gettext("Thank you"),
                "kept": _kept(),
                "send": gettext("Send"),
                "enough": gettext("That was all"),
            }


def _kept() -> str:
    return gettext("We heard you. What you told stays as you told it.")


def _kiosk(key: str) -> Kiosk:
    kiosk = Kiosk.objects.select_related("survey").filter(key=key).first()
    if kiosk is None or (kiosk.retired_at and kiosk.retired_at < timezone.now() - LATE):
        raise Http404
    return kiosk


def _answer(request: HttpRequest, key: str) -> HttpResponse:
    plain = request.content_type != "application/json"
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"kept": False, "reason": "too_large"}, status=413)
    kiosk = _kiosk(key)
    clock = monotonic()
    wait = BY_KIOSK.take(key, clock) or wait_for(address_of(request.META), kiosk.survey.key, clock)
    if wait:
        return _later(request, key, wait, 429) if plain else _busy(wait, 429)
    now = timezone.now()
    try:
        told = request.POST.dict() if plain else told_in(request.body)
        sent = sent_in(told)
    except NotAnAnswerError as error:
        return JsonResponse({"kept": False, "reason": str(error)}, status=400)
    try:
        receive(kiosk=kiosk, sent=sent, at=now)
    except DatabaseError as error:
        logger.warning("an answer could not be stored: %s", type(error).__name__)
        return _later(request, key, FULL, 503) if plain else _busy(FULL, 503)
    if plain:
        return _thanked(request, key, sent)
    hear_from_kiosk(kiosk=kiosk, waiting=_count(told.get("waiting")), at=now)
    return JsonResponse({"kept": True, "id": str(sent.identity)})


def _count(told: object) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) else 0


def _busy(wait: float, status: int) -> HttpResponse:
    return JsonResponse(
        {"kept": False, "reason": "later"}, status=status, headers={"Retry-After": str(int(wait) + 1)}
    )


def _thanked(request: HttpRequest, key: str, sent: Sent) -> HttpResponse:
    with override(sent.language):
        return _plain(request, key, sent.language, gettext("Thank you"), _kept())


def _later(request: HttpRequest, key: str, wait: float, status: int) -> HttpResponse:
    lead = gettext("It was not stored yet. Go back and send it again in a moment.")
    response = _plain(request, key, "", gettext("One moment"), lead)
    response.status_code = status
    response["Retry-After"] = str(int(wait) + 1)
    return response


def _plain(request: HttpRequest, key: str, language: str, title: str, lead: str) -> HttpResponse:
    language = language or request.LANGUAGE_CODE
    context = {
        "language": language,
        "company": company().name,
        "title": title,
        "lead": lead,
        "back": reverse("kiosk", args=[key]),
        "again": gettext("To the beginning"),
    }
    return _fresh(render(request, "kiosk/thanks.html", context), language)


def _resting(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    language = kiosk.survey.languages[0] if kiosk.survey.languages else "fi"
    with override(language):
        context = {
            "language": language,
            "company": company().name,
            "title": gettext("Nothing is asked here right now"),
            "lead": gettext("We still want to hear you: tell any of us, every word is kept."),
        }
        return _fresh(render(request, "kiosk/rest.html", context), language)


def _fresh(response: HttpResponse, language: str) -> HttpResponse:
    response["Content-Language"] = language
    response["Cache-Control"] = "no-store"
    return response


@public
@csrf_exempt
@require_POST
def here(request: HttpRequest, key: str) -> HttpResponse:
    """Hear that a device is there, and how many answers it still keeps."""
    kiosk = _kiosk(key)
    if int(request.META.get("CONTENT_LENGTH") or 0) > 1_000:
        return JsonResponse({"heard": False}, status=413)
    if wait := BY_KIOSK.take(key, monotonic()):
        return _busy(wait, 429)
    try:
        told = told_in(request.body)
    except NotAnAnswerError:
        return JsonResponse({"heard": False}, status=400)
    hear_from_kiosk(kiosk=kiosk, waiting=_count(told.get("waiting")), at=timezone.now())
    return JsonResponse({"heard": True})


@cache
def _worker() -> bytes:
    return (files("kalevi.channels.kiosk") / "static" / "kiosk" / "worker.js").read_bytes()


@public
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Give the script that lets a screen open offline; its place says for which addresses it works."""
    return HttpResponse(_worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@public
@require_GET
def app(request: HttpRequest, key: str) -> HttpResponse:
    """Say how a tablet shows the screen once it is put on its home screen: alone and whole."""
    kiosk = _kiosk(key)
    address = reverse("kiosk", args=[key])
    return JsonResponse(
        {
            "name": company().name or "Kalevi",
            "short_name": kiosk.name[:20],
            "start_url": address,
            "scope": address,
            "display": "fullscreen",
            "background_color": "#f6f1e6",
            "theme_color": "#f6f1e6",
        },
        content_type="application/manifest+json",
    )
