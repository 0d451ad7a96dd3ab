"""The same answer of a device, a hundred times from twenty threads: one row, one reply."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from kalevi.channels.kiosk.actions import make_feeling_survey, make_kiosk
from kalevi.channels.kiosk.views import public
from kalevi.channels.survey.limits import BY_ADDRESS, BY_SURVEY
from kalevi.interactions.models import Intake
from kalevi.shell.buckets import Buckets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.reliability]


def test_one_row_and_one_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "BY_KIOSK", Buckets(burst=1_000, a_second=1_000))
    monkeypatch.setattr(BY_ADDRESS, "burst", 1_000)
    BY_ADDRESS.clear()
    BY_SURVEY.clear()
    survey = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
    kiosk = make_kiosk(name="Kassa", survey=survey, reset_after=20, actor_id=1)
    assert survey.current is not None
    answer = {
        "id": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "version": survey.current.pk,
        "language": "fi",
        "feeling": "joy",
        "words": "Kiitos.",
        "at": "2026-11-22T09:00:00Z",
    }

    def send(_time: int) -> tuple[int, bytes]:
        try:
            reply = Client().post(f"/k/{kiosk.key}/", json.dumps(answer), content_type="application/json")
            return reply.status_code, reply.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as threads:
        replies = set(threads.map(send, range(100)))
    assert replies == {(200, b'{"kept": true, "id": "0f8fad5b-d9cb-469f-a165-70867728950e"}')}
    assert Intake.objects.count() == 1
