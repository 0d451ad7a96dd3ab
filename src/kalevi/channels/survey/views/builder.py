"""Building a survey: what it asks in three languages, with the page customers see beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from csp.constants import SELF
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from kalevi.channels.survey import actions, builder
from kalevi.channels.survey.builder_page import identifier, shown_draft
from kalevi.channels.survey.building import (
    ChangedMeanwhileError,
    Written,
    keep_written,
    keys_asked,
    written_of,
)
from kalevi.channels.survey.definition import LANGUAGES, Definition, DefinitionError
from kalevi.channels.survey.kinds import Kind
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.pages import NAMES
from kalevi.channels.survey.previewing import preview_page, preview_policy
from kalevi.journeys.queries import journey
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.queries import company
from kalevi.shell.roles import LEADERS

_TAKEN_OUT = "survey_taken_out"


@require_POST
@open_to(LEADERS)
def begin_empty(request: HttpRequest) -> HttpResponse:
    """Begin a survey with nothing but one open question."""
    one = actions.draft_survey(
        name=gettext("New survey"),
        draft={"questions": [{"key": "words", "kind": "words"}]},
        languages=_in_order(LANGUAGES),
        actor_id=request.user.pk,
    )
    return redirect("survey_edit", one.pk)


@require_http_methods(["GET", "POST"])
@open_to(LEADERS)
def edit(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the draft; keep what is typed, and do one step with it."""
    one = get_object_or_404(Survey.objects.select_related("current"), pk=survey_id)
    if request.method != "POST":
        return _page(request, one, written_of(one))
    step, _colon, subject = request.POST.get("do", "keep").partition(":")
    written = _written(request, one)
    place = _step(request, one, written.draft, step, subject)
    try:
        one = keep_written(
            survey_id=one.pk,
            written=written,
            opened_with=request.POST.get("opened_with", ""),
            actor_id=request.user.pk,
        )
    except ChangedMeanwhileError:
        return _page(request, one, written, meanwhile=True, status=409)
    if step == "publish":
        return _publish(request, one)
    if request.headers.get("HX-Request") == "true":
        return _page(request, one, written, "channels_survey/_builder_standing.html")
    return redirect(reverse("survey_edit", args=[one.pk]) + (f"#{place}" if place else ""))


@require_http_methods(["GET", "POST"])
@open_to(LEADERS)
def preview(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the page customers see: of what is stored, or of the form as it was just posted."""
    one = get_object_or_404(Survey, pk=survey_id)
    written = _written(request, one) if request.method == "POST" else written_of(one)
    languages = written.languages or (company().language,)
    asked_for = request.GET.get("language", request.POST.get("language", _reader()))
    language = asked_for if asked_for in languages else languages[0]
    page = preview_page(
        written.draft,
        language,
        company=company().name,
        languages=languages,
        address=reverse("survey_preview", args=[one.pk]),
    )
    headers = {
        "Content-Security-Policy": preview_policy(written.draft),
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Language": language,
        "Cache-Control": "no-store",
    }
    return HttpResponse(page, headers=headers)


def _reader() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in LANGUAGES else "en"


def _in_order(languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages with the company's own first: the page opens in it."""
    ours = company().language
    return tuple(sorted((code for code in LANGUAGES if code in languages), key=lambda code: code != ours))


def _written(request: HttpRequest, one: Survey) -> Written:
    fields: Mapping[str, Sequence[str]] = {
        name: [str(value).replace("\r\n", "\n") for value in values] for name, values in request.POST.lists()
    }
    ticked = fields.get("languages", ())
    # The order is a decision already made; only a changed choice is put in order anew.
    same = set(ticked) == set(one.languages)
    return Written(
        name=request.POST.get("name", "").strip()[:120] or one.name,
        touchpoint_id=whole_number(request.POST.get("touchpoint", "")),
        stage_id=whole_number(request.POST.get("stage", "")),
        languages=tuple(one.languages) if same else _in_order(ticked),
        draft=builder.draft_of(fields),
    )


def _step(request: HttpRequest, one: Survey, draft: builder.Draft, step: str, subject: str) -> str:
    """Do one step with a draft; return the id of the place on the page where it was done."""
    key, _colon, option = subject.partition(":")
    if step == "add" and request.POST.get("add_kind") in set(Kind):
        key = builder.added(draft, Kind(request.POST["add_kind"]), keys_asked(one)[0])
    elif step in ("up", "down"):
        builder.moved(draft, key, -1 if step == "up" else 1)
    elif step == "remove":
        if taken := builder.removed(draft, key):
            request.session[_TAKEN_OUT] = [one.pk, *taken]
        return "taken-out"
    elif step == "put_back":
        survey_id, place, question = request.session.pop(_TAKEN_OUT, (None, 0, {}))
        if survey_id == one.pk and question["key"] not in {each["key"] for each in draft["questions"]}:
            draft["questions"].insert(place, question)
            key = question["key"]
    elif step == "option":
        builder.with_option(draft, key, keys_asked(one)[1].get(key, set()))
    elif step in ("option_up", "option_down"):
        builder.moved_option(draft, key, option, -1 if step == "option_up" else 1)
    elif step == "drop":
        builder.without_option(draft, key, option)
    places = {each["key"]: n for n, each in enumerate(draft["questions"])}
    return identifier(f"questions[{places[key]}]") if key in places else ""


def _publish(request: HttpRequest, one: Survey) -> HttpResponse:
    try:
        actions.publish_survey(survey=one, actor_id=request.user.pk)
    except DefinitionError:
        messages.error(request, gettext("It cannot be asked yet: what is missing is listed below."))
        return redirect(reverse("survey_edit", args=[one.pk]) + "#todo")
    messages.success(request, gettext("Customers can answer it now."))
    return redirect(reverse("survey_edit", args=[one.pk]) + "#ways")


def _page(
    request: HttpRequest,
    one: Survey,
    written: Written,
    template: str = "channels_survey/builder.html",
    *,
    meanwhile: bool = False,
    status: int = 200,
) -> HttpResponse:
    taken = request.session.get(_TAKEN_OUT)
    stages = list(journey())
    published = one.current is not None and one.current.definition == _asked(written.draft)
    context: dict[str, Any] = {
        "section": "surveys",
        "survey": one,
        "written": written,
        "shown": shown_draft(written.draft, written.languages, _reader()),
        "opened_with": written_of(one).mark,
        "meanwhile": meanwhile,
        "taken_out": taken is not None and taken[0] == one.pk,
        "languages": [(code, NAMES[code], code in written.languages) for code in LANGUAGES],
        "stages": stages,
        "published": published and one.state == Survey.State.OPEN,
        "address": request.build_absolute_uri(reverse("survey_public", args=[one.key])),
    }
    response = render(request, template, context, status=status)
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # read by django-csp
    return response


def _asked(draft: builder.Draft) -> builder.Draft | None:
    try:
        return Definition.from_json(draft).to_json()
    except DefinitionError:
        return None
