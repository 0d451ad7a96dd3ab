"""A kiosk's answer is stored once, as its survey's; what cannot be understood is kept aside whole."""

import json
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from kalevi.channels.kiosk.actions import make_feeling_survey, make_kiosk, retire_kiosk
from kalevi.channels.kiosk.faces import FOUR
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.kiosk.views import public
from kalevi.channels.survey.actions import close_survey
from kalevi.channels.survey.interpreting import forget_versions
from kalevi.channels.survey.limits import BY_ADDRESS, BY_SURVEY
from kalevi.interactions.models import Intake, Interaction, SelfFeeling
from kalevi.interactions.understanding import understand
from kalevi.interactions.unread import default_reader
from tests.saying import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh() -> None:
    for buckets in (BY_ADDRESS, BY_SURVEY, public.BY_KIOSK):
        buckets.clear()
    forget_versions()


@pytest.fixture
def kiosk() -> Kiosk:
    survey = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
    return make_kiosk(name="Kassa", survey=survey, reset_after=20, actor_id=1)


def told(kiosk: Kiosk, **more: object) -> dict[str, object]:
    version = kiosk.survey.current
    assert version is not None
    answer = {"id": str(uuid4()), "version": version.pk, "language": "fi", "feeling": "joy", "words": ""}
    return answer | {"at": NOW.isoformat()} | more


def send(client: Client, kiosk: Kiosk, answer: dict[str, object]) -> tuple[int, dict[str, object]]:
    reply = client.post(f"/k/{kiosk.key}/", json.dumps(answer), content_type="application/json")
    return reply.status_code, reply.json()


@time_machine.travel(NOW, tick=False)
def test_a_hundred_sendings_are_one_answer_and_one_reply(client: Client, kiosk: Kiosk) -> None:
    answer = told(kiosk, words="Myyjä auttoi kantamaan.")
    public.BY_KIOSK.burst, burst = 1_000, public.BY_KIOSK.burst
    BY_ADDRESS.burst, by_address = 1_000, BY_ADDRESS.burst
    try:
        replies = [send(client, kiosk, answer) for _time in range(100)]
    finally:
        public.BY_KIOSK.burst, BY_ADDRESS.burst = burst, by_address
    assert {str(reply) for reply in replies} == {str((200, {"kept": True, "id": answer["id"]}))}
    assert Intake.objects.count() == 1
    understand(reader=default_reader(), source="survey")
    one = Interaction.objects.get()
    assert (one.verbatim, one.channel, one.language) == ("Myyjä auttoi kantamaan.", "survey", "fi")
    assert SelfFeeling.objects.get().words == "ilo"
    assert one.readings.count() == 1


@time_machine.travel(NOW, tick=False)
def test_when_it_was_answered_and_in_which_language_stay(client: Client, kiosk: Kiosk) -> None:
    send(client, kiosk, told(kiosk, at="2026-11-20T09:15:00Z", language="sv", feeling="irritation"))
    understand(reader=default_reader(), source="survey")
    one = Interaction.objects.get()
    assert (one.occurred_at.isoformat(), one.language) == ("2026-11-20T09:15:00+00:00", "sv")
    assert SelfFeeling.objects.get().words == "irritation"


def test_a_form_without_a_script_is_taken_in_the_same(client: Client, kiosk: Kiosk) -> None:
    page = client.get(f"/k/{kiosk.key}/?lang=sv")
    assert (page.status_code, page.headers["Content-Language"], page.cookies) == (200, "sv", {})
    assert [f'value="{key}"' in page.content.decode() for key in FOUR] == [True] * 4
    reply = client.post(f"/k/{kiosk.key}/", told(kiosk, language="sv"))
    assert (reply.status_code, "http-equiv" in reply.content.decode()) == (200, True)
    assert Intake.objects.get().state == Intake.State.WAITING


def test_what_was_never_asked_is_kept_aside(client: Client, kiosk: Kiosk) -> None:
    assert send(client, kiosk, told(kiosk, version=999_999))[0] == 200
    assert send(client, kiosk, told(kiosk, feeling=""))[0] == 200
    assert sorted(Intake.objects.values_list("state", "reason")) == [
        (2, "nothing_said"),
        (2, "unknown_version"),
    ]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"id": "x"}', b"[" * 5_000])
def test_what_is_no_answer_is_refused_with_a_reason(client: Client, kiosk: Kiosk, body: bytes) -> None:
    reply = client.post(f"/k/{kiosk.key}/", body, content_type="application/json")
    assert (reply.status_code, reply.json()["kept"]) == (400, False)


def test_a_flood_is_asked_to_wait(client: Client, kiosk: Kiosk) -> None:
    statuses = [send(client, kiosk, told(kiosk))[0] for _time in range(70)]
    assert (statuses[0], statuses[-1], Intake.objects.count() < 65) == (200, 429, True)


def test_an_answer_too_large_is_refused(client: Client, kiosk: Kiosk) -> None:
    assert send(client, kiosk, told(kiosk, words="x" * 40_000))[0] == 413


@time_machine.travel(NOW, tick=False)
def test_a_device_tells_that_it_is_there(client: Client, kiosk: Kiosk) -> None:
    reply = client.post(f"/k/{kiosk.key}/here/", '{"waiting": 7}', content_type="application/json")
    kiosk.refresh_from_db()
    assert (reply.json(), kiosk.waiting, kiosk.heard_at) == ({"heard": True}, 7, NOW)


def test_what_waited_on_a_device_is_taken_in_after_the_survey_closed(client: Client, kiosk: Kiosk) -> None:
    close_survey(survey=kiosk.survey, actor_id=1)
    assert "Nothing is asked here" in client.get(f"/k/{kiosk.key}/").content.decode()
    assert send(client, kiosk, told(kiosk))[0] == 200
    with time_machine.travel(NOW):
        retire_kiosk(kiosk=kiosk, actor_id=1)
    with time_machine.travel("2027-01-15"):
        assert client.get(f"/k/{kiosk.key}/").status_code == 404


def test_the_worker_and_the_manifest_are_for_anybody(client: Client, kiosk: Kiosk) -> None:
    assert client.get("/k/worker.js").headers["Content-Type"] == "text/javascript"
    assert client.get(f"/k/{kiosk.key}/app.webmanifest").json()["display"] == "fullscreen"
