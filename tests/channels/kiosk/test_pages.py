"""Looking after kiosks: the same number of queries for three as for one; posters in every form."""

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from kalevi.audit.models import Entry
from kalevi.channels.kiosk.actions import make_feeling_survey, make_kiosk
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.kiosk.posters import Poster, poster_pdf
from kalevi.channels.survey.models import Survey
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(Colleague.objects.create_user("m@example.fi", name="Maija", role=Role.MANAGER))
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("address", ["/settings/kiosks/", "/settings/posters/"])
def test_as_many_queries_for_three_as_for_one(client: Client, address: str) -> None:
    def one() -> None:
        survey = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
        make_kiosk(name="Kassa", survey=survey, reset_after=20, actor_id=1)

    one()
    first = queries(client, address)
    one()
    one()
    assert queries(client, address) == first


def test_a_kiosk_is_set_up_changed_and_retired(client: Client) -> None:
    made = {"name": "Ovi", "survey": "new", "reset_after": "20"}
    answer = client.post("/settings/kiosks/", made)
    kiosk = Kiosk.objects.get()
    assert (answer.headers["Location"], kiosk.survey.state, kiosk.survey.languages[0]) == (
        f"/settings/kiosks/{kiosk.pk}/",
        Survey.State.OPEN,
        "en",
    )
    assert f"/k/{kiosk.key}/" in client.get(f"/settings/kiosks/{kiosk.pk}/").content.decode()
    client.post(
        f"/settings/kiosks/{kiosk.pk}/",
        {"name": "Kassa", "survey": str(kiosk.survey_id), "reset_after": "30"},
    )
    client.post(f"/settings/kiosks/{kiosk.pk}/retire/")
    kiosk.refresh_from_db()
    assert (kiosk.name, kiosk.reset_after, kiosk.retired_at is None) == ("Kassa", 30, False)
    done = Entry.objects.filter(action__startswith="channels.kiosk").order_by("pk")
    assert [entry.action for entry in done] == [
        "channels.kiosk.make",
        "channels.kiosk.change",
        "channels.kiosk.retire",
    ]


@pytest.mark.parametrize(("site", "told"), [("http://127.0.0.1:8000", 1), ("https://kalevi.example.fi", 0)])
def test_nobody_prints_an_address_that_opens_on_one_computer_only(
    client: Client, settings: Settings, site: str, told: int
) -> None:
    settings.ADDRESS = site
    survey = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
    page = client.get(f"/settings/posters/survey/{survey.pk}/").content.decode()
    assert page.count("KALEVI_ADDRESS") == told


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("kind", ["survey", "kiosk"])
def test_a_poster_comes_as_code_and_as_a_page(client: Client, kind: str, ending: str, begins: bytes) -> None:
    survey = make_feeling_survey(name="Kassa", touchpoint=None, actor_id=1)
    kiosk = make_kiosk(name="Kassa", survey=survey, reset_after=20, actor_id=1)
    number = survey.pk if kind == "survey" else kiosk.pk
    assert client.get(f"/settings/posters/{kind}/{number}/").status_code == 200
    file = client.get(f"/settings/posters/{kind}/{number}/{ending}/?lang=sv&save=yes")
    assert (file.content[: len(begins)], "attachment" in file.headers["Content-Disposition"]) == (
        begins,
        True,
    )


@pytest.mark.parametrize("words", ["Miltä käynti tuntui?", "ä" * 200, '#let x = 1 \\ $ * _ <a> "q" 漢字 🙂'])
def test_whatever_is_asked_can_be_printed(words: str) -> None:
    poster = Poster(
        (("fi", words), ("sv", words), ("en", words)), "https://kalevi.example.fi/s/abc", "Rauta & Puu"
    )
    assert io.BytesIO(poster_pdf(poster)).read(5) == b"%PDF-"
