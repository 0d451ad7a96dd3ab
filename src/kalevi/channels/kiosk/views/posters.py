"""QR codes and posters to take along, of surveys and of kiosks."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.kiosk.posters import Poster, code_png, code_svg, poster_of, poster_pdf
from kalevi.channels.survey.models import Survey
from kalevi.shell.access import open_to
from kalevi.shell.queries import company
from kalevi.shell.roles import LEADERS

TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def _poster(kind: str, number: int) -> tuple[Survey | Kiosk, Poster]:
    subject: Survey | Kiosk
    if kind == "survey":
        subject = get_object_or_404(Survey.objects.select_related("current"), pk=number)
    elif kind == "kiosk":
        subject = get_object_or_404(Kiosk.objects.select_related("survey__current"), pk=number)
    else:
        raise Http404
    poster = poster_of(subject, site=settings.ADDRESS, company=company().name)
    if poster is None:
        raise Http404
    return subject, poster


@open_to(LEADERS)
@require_GET
def posters(request: HttpRequest) -> HttpResponse:
    """Show what there can be a poster of."""
    context: dict[str, Any] = {
        "section": "settings",
        "surveys": Survey.objects.filter(state=Survey.State.OPEN).order_by("name", "pk"),
        "kiosks": Kiosk.objects.filter(retired_at__isnull=True).order_by("name", "pk"),
    }
    return render(request, "kiosk/posters.html", context)


@open_to(LEADERS)
@require_GET
def poster(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Show one poster with its address and what can be printed."""
    subject, made = _poster(kind, number)
    context = {
        "section": "settings",
        "kind": kind,
        "subject": subject,
        "poster": made,
        "languages": [language for language, _text in made.questions],
    }
    return render(request, "kiosk/poster.html", context)


@open_to(LEADERS)
@require_GET
def poster_file(request: HttpRequest, kind: str, number: int, ending: str) -> HttpResponse:
    """Give the code as SVG or PNG, or the whole poster as PDF; `lang` chooses one language of it."""
    _subject, made = _poster(kind, number)
    if ending not in TYPES:
        raise Http404
    language = request.GET.get("lang", "")
    content = (
        code_svg(made.address)
        if ending == "svg"
        else code_png(made.address)
        if ending == "png"
        else poster_pdf(made.only([language]) if language else made)
    )
    headers = {"Cache-Control": "private, no-cache"}
    if request.GET.get("save"):
        name = f"kalevi-{kind}-{number}{'-' + language if len(language) == 2 else ''}.{ending}"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=TYPES[ending], headers=headers)
