"""The page of one case: no login, no cookie, no script; every tap is a small form."""

import base64
import gzip
import hashlib
import secrets
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kalevi.cases.actions import links as acts
from kalevi.cases.actions.carrying import ClosedError
from kalevi.cases.link_models import CaseLink
from kalevi.cases.links import link_of
from kalevi.cases.public.page import case_for_customer
from kalevi.promises.customers_side import TAP, take_tap
from kalevi.promises.queries.beside import promises_for_customer
from kalevi.shell.middleware import public
from kalevi.shell.numbers import whole_number
from kalevi.shell.public_style import base_style
from kalevi.shell.queries import company

LONGEST = 20_000
REFUSED: dict[str, str | Promise] = {
    "too_large": _("%(name)s was not saved: it is larger than 10 MB."),
    "too_many": _("%(name)s was not saved: there are ten files already."),
    "kind": _("%(name)s was not saved: we take pictures, sound, PDFs and office files."),
    "empty": _("%(name)s was not saved: there is nothing in it."),
}
NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}


@cache
def _style() -> str:
    own = (files(__package__) / "page.css").read_text(encoding="utf-8")
    return (base_style() + own).replace("\n", "")


@cache
def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


# No cookie says who this is, so that no other page can act in the customer's name: the link is the key.
@public
@csrf_exempt
@require_http_methods(["GET", "POST"])
def my_case(request: HttpRequest, text: str) -> HttpResponse:
    """Show the case, or take what was said or tapped."""
    link = link_of(text)
    language = request.GET.get("in", "")
    if link is None:
        if not text:
            raise Http404
        chosen = language if language in NAMES else request.LANGUAGE_CODE
        with override(chosen):
            return _answer(request, "cases/public/ended.html", {}, chosen, 410)
    language = language if language in NAMES else link.language
    with override(language), timezone.override(ZoneInfo(company().time_zone)):
        said = _take(request, link) if request.method == "POST" else ""
        before = whole_number(request.GET.get("before", "")) if request.method == "GET" else None
        link.case.refresh_from_db()
        context = {
            "case": case_for_customer(acts.case_of_link(link), before=before),
            "promises": promises_for_customer(link.case.contact_id, timezone.now()),
            "token": secrets.token_hex(16),
            "languages": NAMES.items(),
            "told": said,
            "beginning": _beginning() if request.method == "GET" and "not_so" in request.GET else "",
        }
        return _answer(request, "cases/public/case.html", context, language, 200)


def _beginning() -> str:
    """What stands in the field for whoever tells us that it is not so."""
    return gettext("This is how it is:") + " "


def _take(request: HttpRequest, link: CaseLink) -> str:
    """Do what was asked; return what to say of it."""
    what = request.POST.get("what", "")
    if what == "words":
        return _keep(request, link)
    if what.startswith(TAP):
        return take_tap(link.case.contact_id, what)  # a tap on a promise
    if what in ("solved", "not_solved"):
        try:
            acts.keep_customers_verdict(link=link, solved=what == "solved")
        except ClosedError:
            return gettext("We are already working on it again.")
        if what == "solved":
            return gettext("Good to hear. Thank you for telling.")
        return gettext("Thank you for telling. We go on until it is well.")
    if what == "thanks":
        acts.keep_thanks(link=link)
        return gettext("Your thanks go to them today.")
    return ""


def _keep(request: HttpRequest, link: CaseLink) -> str:
    """Keep words and files; return what to say of them, and of the files that were not kept."""
    words = request.POST.get("words", "").strip()[:LONGEST]
    corrects = "not_so" in request.POST
    if corrects and words == _beginning().strip():
        words = ""
    kept, left = acts.keep_files(link=link, files=request.FILES.getlist("files"))
    if words:
        acts.keep_words(link=link, token=request.POST.get("token", "")[:64], words=words, corrects=corrects)
    told = []
    if words and corrects:
        told.append(gettext("Thank you for putting us right. We go by what you said."))
    elif words or kept:
        told.append(gettext("Thank you. It has arrived, and is with the one who takes care of this."))
    for name, reason in left:
        told.append(REFUSED[reason] % {"name": name})
    return " ".join(told)


def _answer(
    request: HttpRequest, template: str, context: dict[str, object], language: str, status: int
) -> HttpResponse:
    response = render(request, template, context | {"style": _style(), "language": language}, status=status)
    response["Content-Security-Policy"] = _policy()
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex"
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        # No secret stands beside words of a stranger: the page holds only the customer's own.
        response.content = gzip.compress(response.content, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
    return response
