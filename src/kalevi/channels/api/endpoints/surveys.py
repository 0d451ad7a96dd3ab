"""Surveys: what they ask, and answers that were given elsewhere."""

import re
from typing import Annotated, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field, TypeAdapter

from kalevi.channels.api import schemas
from kalevi.channels.api.auth import caller, needs, scope_of
from kalevi.channels.api.bodies import body_of, parsed
from kalevi.channels.api.endpoints.answers import PROBLEMS, answer, answered, takes
from kalevi.channels.api.idempotency import Done, key_of, once
from kalevi.channels.api.interpreting import person_of
from kalevi.channels.api.outgoing import Counted
from kalevi.channels.api.problems import FieldError, ProblemError
from kalevi.channels.api.wording import message
from kalevi.channels.survey.answers import BadAnswerError, answers_in, fields_of, unanswered
from kalevi.channels.survey.live import Live, live
from kalevi.channels.survey.models import Survey, SurveyVersion
from kalevi.channels.survey.raw import SOURCE, Circumstances, packed
from kalevi.channels.survey.raw import scope_of as scope_of_survey
from kalevi.interactions.intake import Ready, digest, receive_ready

router = Router(tags=["Surveys"])
_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
Text = Annotated[str, Field(max_length=20_000)]
Value = Annotated[int, Field(ge=-1_000, le=1_000)]


class SurveyAnswer(schemas.Sent):
    """One person's answer to a survey, by the keys of its questions."""

    id: schemas.Id | None = Field(None, description="Your id of this answer.")
    answers: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,40}$")], Value | Text | list[Text]] = (
        Field(
            min_length=1,
            max_length=100,
            description="By question: a number on its scale, the key of an option, several keys, or words.",
            examples=[{"again": 9, "why": "Kuljettaja auttoi kantamaan."}],
        )
    )
    language: schemas.Language | None = Field(None, description="In which language it was asked.")
    answered_at: schemas.Past | None = None
    contact: schemas.Person | None = None


ANSWER: TypeAdapter[SurveyAnswer] = TypeAdapter(SurveyAnswer)


class SurveyOut(BaseModel):
    """A survey that was opened."""

    key: str
    name: str
    state: str
    languages: list[str]


class SurveyPage(BaseModel):
    """All surveys that were opened, newest first."""

    items: list[SurveyOut]


class AskedOut(SurveyOut):
    """A survey with what it asks, as it stands now."""

    asks: dict[str, Any] = Field(description="Title, thanks and questions: key, kind, texts, options.")


@router.get("/surveys", response={200: SurveyPage, **PROBLEMS}, summary="Read which surveys there are")
@needs("surveys:read")
def get_surveys(request: HttpRequest) -> HttpResponse:
    """Return surveys that were opened, those that are closed by now too."""
    opened = Survey.objects.filter(current__isnull=False).order_by("-pk")[:500]
    return answer({"items": [_shown(survey) for survey in opened]})


@router.get("/surveys/{key}", response={200: AskedOut, **PROBLEMS}, summary="Read what a survey asks")
@needs("surveys:read")
def get_survey(request: HttpRequest, key: str) -> HttpResponse:
    """Return a survey with its questions."""
    asked = _live(key)
    survey = Survey.objects.get(pk=asked.survey_id)
    version = SurveyVersion.objects.get(pk=asked.version_id)
    return answer(_shown(survey) | {"asks": version.definition})


def _shown(survey: Survey) -> dict[str, Any]:
    return {
        "key": survey.key,
        "name": survey.name,
        "state": survey.state,
        "languages": survey.languages,
    }


def _live(key: str) -> Live:
    found = live(key) if _KEY.fullmatch(key) else None
    if found is None:
        raise ProblemError("not-found")
    return found


@router.post(
    "/surveys/{key}/answers",
    response={202: Counted, **PROBLEMS},
    summary="Send an answer to a survey",
    openapi_extra=takes(SurveyAnswer),
)
@needs("surveys:write")
def post_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Store an answer that was given elsewhere. It is known again by your `id`, else by the Idempotency-Key,
    else by all it says.
    """
    raw = body_of(request)
    one, asked, token = parsed(ANSWER, raw), _live(key), caller(request)
    form = urlencode(one.answers, doseq=True).encode()
    _fits(form, asked)
    person = person_of(one.contact, scope_of(token))
    language = one.language if one.language in asked.public.languages else asked.public.languages[0]
    how = Circumstances(
        version=asked.version_id,
        language=language,
        door="api",
        identities=person.identities if person else (),
        answered_at=one.answered_at.isoformat() if one.answered_at else "",
    )
    if one.id is not None:
        identity = digest(b"api id", scope_of(token).encode(), one.id.encode())
    elif header := key_of(request):
        identity = digest(b"api key", scope_of(token).encode(), header.encode())
    else:
        identity = digest(b"api body", raw)
    ready = Ready(identity, digest(form), packed(how, form), None, "", ())

    def do() -> Done:
        received = receive_ready(
            source=SOURCE, scope=scope_of_survey(asked.survey_id), ready=[ready], at=timezone.now()
        )
        return Done(202, {"status": "stored" if received.stored else "known"})

    return answered(once(request, raw, do))


def _fits(form: bytes, asked: Live) -> None:
    """Raise ProblemError for an answer that its survey did not ask for, or that lacks what it needs."""
    try:
        given = answers_in(fields_of(form), asked.asked)
    except BadAnswerError as error:
        told = FieldError("/answers", str(error), message("bad_answer", {"reason": str(error)}))
        raise ProblemError("invalid", errors=[told]) from None
    if not given:
        raise ProblemError(
            "invalid", errors=[FieldError("/answers", "nothing_said", message("nothing_said"))]
        )
    if missing := unanswered(given, asked.asked):
        errors = [FieldError(f"/answers/{name}", "missing", message("missing")) for name in missing]
        raise ProblemError("invalid", errors=errors)
