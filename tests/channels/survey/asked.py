"""Surveys for tests, and answers to them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import time_machine

from kalevi.channels.survey import interpreting, limits, live
from kalevi.channels.survey.actions import draft_survey, publish_survey
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.tasks import understand_answers
from kalevi.channels.survey.tokens import new_token

DELIVERY: dict[str, Any] = {
    "title": {"fi": "Miten meni?", "sv": "Hur gick det?", "en": "How did it go?"},
    "questions": [
        {"key": "words", "kind": "words"},
        {"key": "again", "kind": "nps", "follow_up": {"low": 6, "high": 9}},
        {"key": "felt", "kind": "feeling"},
    ],
}


def a_survey(definition: dict[str, Any] | None = None, **fields: Any) -> Survey:
    """Return a survey that is open."""
    live.forget()
    interpreting.forget_versions()
    limits.BY_ADDRESS.clear()
    limits.BY_SURVEY.clear()
    survey = draft_survey(
        name="Toimitus",
        draft=definition or DELIVERY,
        languages=fields.pop("languages", ["fi", "sv", "en"]),
        actor_id=None,
        **fields,
    )
    publish_survey(survey=survey, actor_id=None)
    live.forget()
    return survey


def a_token(survey: Survey, language: str = "fi", ago: int = 60) -> str:
    """Return the token of a form that was opened a while ago."""
    assert survey.current_id is not None
    with time_machine.travel(datetime.now(UTC) - timedelta(seconds=ago)):
        return new_token(survey.current_id, language).decode()


def a_form(survey: Survey, token: str = "", **fields: str | list[str]) -> bytes:
    """Return the body of a form; a dot in a name is written as two underscores."""
    named = {name.replace("__", "."): value for name, value in fields.items()}
    return urlencode({**named, "_form": token or a_token(survey)}, doseq=True).encode()


def understood() -> None:
    """Understand what waits."""
    understand_answers.call()
