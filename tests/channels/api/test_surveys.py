"""Surveys over the API: what they ask, and answers that fit them, once each."""

import json
from typing import Any

import pytest

from kalevi.channels.survey.actions import draft_survey, publish_survey
from kalevi.channels.survey.live import forget
from kalevi.channels.survey.models import Survey
from kalevi.interactions.models import Intake, Interaction
from tests.channels.api.conftest import Caller

ASKS = {
    "title": {"fi": "Miten meni?"},
    "questions": [
        {"key": "again", "kind": "nps", "required": True},
        {"key": "why", "kind": "words", "text": {"fi": "Miksi?"}},
    ],
}


def body(answer: Any) -> Any:
    return json.loads(answer.content)


@pytest.fixture
def survey(db: None) -> Survey:
    forget()
    made = draft_survey(name="Toimitus", languages=["fi"], draft=ASKS, actor_id=None)
    publish_survey(survey=made, actor_id=None)
    return Survey.objects.get()


def test_a_survey_says_what_it_asks(call: Caller, survey: Survey) -> None:
    shown = {"key": survey.key, "name": "Toimitus", "state": "open", "languages": ["fi"]}
    assert body(call.get("/surveys")) == {"items": [shown]}
    one = body(call.get(f"/surveys/{survey.key}"))
    assert [question["key"] for question in one.pop("asks")["questions"]] == ["again", "why"]
    assert one == shown
    assert call.get("/surveys/none").status_code == 404


def test_an_answer_is_stored_once_and_read_as_any_other(call: Caller, survey: Survey) -> None:
    from kalevi.channels.survey.tasks import understand_answers

    sent = {
        "id": "a1",
        "answers": {"again": 9, "why": "Kuljettaja auttoi kantamaan."},
        "answered_at": "2026-11-20T09:05:00+02:00",
        "contact": {"external_id": "c1"},
    }
    first = call.post(f"/surveys/{survey.key}/answers", sent)
    assert (first.status_code, body(first)) == (202, {"status": "stored"})
    assert body(call.post(f"/surveys/{survey.key}/answers", sent)) == {"status": "known"}
    assert Intake.objects.get().source == "survey"
    understand_answers.call()
    told = Interaction.objects.get()
    assert (told.verbatim, told.score, told.contact_id is not None) == (
        "Kuljettaja auttoi kantamaan.",
        9,
        True,
    )
    assert told.occurred_at.isoformat() == "2026-11-20T07:05:00+00:00"


def test_what_does_not_fit_is_told(call: Caller, survey: Survey) -> None:
    for answers, at, key in (
        ({"why": "Kiitos"}, "/answers/again", "missing"),
        ({"again": 11}, "/answers", "outside_scale"),
        ({"again": 9, "colour": "red"}, "/answers", "unknown_question"),
        ({}, "/answers", "too_short"),
    ):
        answer = call.post(f"/surveys/{survey.key}/answers", {"answers": answers})
        assert answer.status_code == 422
        assert [(error["at"], error["key"]) for error in body(answer)["errors"]] == [(at, key)], answers
    assert Intake.objects.count() == 0
