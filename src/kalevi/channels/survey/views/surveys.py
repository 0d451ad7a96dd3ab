"""Pages for colleagues: the list, what was answered, what waits for a look, and the table to take away."""

import tempfile
from pathlib import Path
from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.audit.actions import record
from kalevi.channels.survey import actions
from kalevi.channels.survey.definition import LANGUAGES, DefinitionError
from kalevi.channels.survey.exporting import as_csv, as_parquet
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.pages import duration
from kalevi.channels.survey.ready import ready_surveys
from kalevi.channels.survey.reasons import reason_text
from kalevi.channels.survey.results import (
    newest_answers,
    put_aside,
    results_for_colleagues,
    surveys_for_colleagues,
    waiting_for_a_look,
)
from kalevi.interactions.queries.cards import cards_for_colleague
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.queries import company
from kalevi.shell.roles import LEADERS, STAFF


def _language() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in LANGUAGES else "en"


@require_GET
@open_to(STAFF, words=False)
def surveys(request: HttpRequest) -> HttpResponse:
    """List the surveys, and those that are ready to be begun with."""
    language = _language()
    context = {
        "section": "surveys",
        "surveys": surveys_for_colleagues(),
        "ready": [
            (one.key, one.name.best(language), one.when.best(language), duration(one.asks.seconds))
            for one in ready_surveys().values()
        ],
        "leads": cast(Colleague, request.user).holds(*LEADERS),
    }
    return render(request, "channels_survey/surveys.html", context)


@require_POST
@open_to(LEADERS)
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a survey from one that is ready."""
    one = ready_surveys().get(request.POST.get("template", ""))
    if one is None:
        return redirect("surveys")
    ours = company().language
    survey = actions.draft_survey(
        name=one.name.best(_language()),
        draft=one.asks.to_json(),
        languages=[ours, *(language for language in LANGUAGES if language != ours)],
        template=one.key,
        actor_id=request.user.pk,
    )
    return redirect("survey_edit", survey.pk)


@require_GET
@open_to(STAFF)
def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show what was answered: the newest words first, then each question."""
    one = get_object_or_404(Survey.objects.select_related("current", "touchpoint", "stage"), pk=survey_id)
    colleague = cast(Colleague, request.user)
    ids, older = newest_answers(one, whole_number(request.GET.get("before", "")))
    n, results = results_for_colleagues(one, _language())
    context = {
        "section": "surveys",
        "survey": one,
        "cards": cards_for_colleague(colleague, ids),
        "older": older,
        "staff": True,
        "n": n,
        "results": results,
        "aside": waiting_for_a_look(one),
        "leads": colleague.holds(*LEADERS),
        "address": request.build_absolute_uri(reverse("survey_public", args=[one.key])),
    }
    return render(request, "channels_survey/survey.html", context)


@require_POST
@open_to(LEADERS)
def change_state(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Publish what is being written, close, or open again."""
    one = get_object_or_404(Survey, pk=survey_id)
    wanted = request.POST.get("state", "")
    try:
        if wanted == "publish":
            actions.publish_survey(survey=one, actor_id=request.user.pk)
            messages.success(request, gettext("Customers can answer it now."))
        elif wanted == "close":
            actions.close_survey(survey=one, actor_id=request.user.pk)
            messages.success(request, gettext("It no longer asks. What was answered stays."))
        elif wanted == "reopen":
            actions.reopen_survey(survey=one, actor_id=request.user.pk)
            messages.success(request, gettext("It asks again."))
    except DefinitionError:
        messages.error(request, gettext("Something is unfinished in it: write every text in every language."))
    return redirect("survey", one.pk)


@require_GET
@open_to(LEADERS, words=True)
def aside(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show answers that were put aside, each with the reason."""
    one = get_object_or_404(Survey, pk=survey_id)
    rows = [(found, reason_text(found.row.reason)) for found in put_aside(one)]
    return render(request, "channels_survey/aside.html", {"section": "surveys", "survey": one, "rows": rows})


@require_POST
@open_to(LEADERS)
def take_up(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Let answers that were put aside be understood."""
    one = get_object_or_404(Survey, pk=survey_id)
    ids = [number for row in request.POST.getlist("row") if (number := whole_number(row)) is not None]
    if actions.take_up_again(survey=one, intake_ids=ids, actor_id=request.user.pk):
        messages.success(request, gettext("Taken up. In a moment it is among the answers."))
    return redirect("survey_aside", one.pk)


@require_GET
@open_to(LEADERS, words=True)
def export(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Give all answers as a table."""
    one = get_object_or_404(Survey, pk=survey_id)
    record(action="survey.export", actor_id=request.user.pk, subject=f"survey:{one.pk}")
    separator = "," if _language() == "en" else ";"
    response = StreamingHttpResponse(as_csv(one, separator), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="kalevi-survey-{one.pk}.csv"'
    return cast(HttpResponse, response)


@require_GET
@open_to(LEADERS, words=True)
def export_parquet(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Give all answers as a Parquet file, for tools that count."""
    one = get_object_or_404(Survey, pk=survey_id)
    record(action="survey.export", actor_id=request.user.pk, subject=f"survey:{one.pk}")
    with tempfile.TemporaryDirectory(prefix="kalevi-") as folder:
        # Open it stays readable when its folder is gone.
        made = Path(as_parquet(one, folder)).open("rb")  # noqa: SIM115  closed by the response
    name = f"kalevi-survey-{one.pk}.parquet"
    response = FileResponse(
        made, as_attachment=True, filename=name, content_type="application/vnd.apache.parquet"
    )
    return cast(HttpResponse, response)
