"""Only the pages of listed sites may ask; no cookie goes either way; one answer is stored once."""

import gzip
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import kalevi.channels.widget
from kalevi.audit.models import Entry
from kalevi.channels.kiosk.actions import make_feeling_survey
from kalevi.channels.survey import live
from kalevi.channels.survey.actions import close_survey
from kalevi.channels.survey.limits import BY_ADDRESS
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.raw import unpacked
from kalevi.channels.widget import origins
from kalevi.channels.widget.actions import allow_site
from kalevi.channels.widget.models import Site
from kalevi.interactions.models import Intake
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role

pytestmark = pytest.mark.django_db
SITE = "https://www.example.fi"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def fresh() -> None:
    BY_ADDRESS.clear()
    origins.forget()
    live.forget()


@pytest.fixture
def survey() -> Survey:
    allow_site(origin=SITE, actor_id=1)
    return make_feeling_survey(name="Sivut", touchpoint=None, actor_id=1)


def test_a_listed_site_reads_what_is_asked(client: Client, survey: Survey) -> None:
    reply = client.get(f"/w/{survey.key}?lang=sv", headers={"Origin": SITE})
    told = reply.json()
    assert (reply.status_code, reply.headers["Access-Control-Allow-Origin"], reply.cookies) == (200, SITE, {})
    assert reply.headers["Vary"].split(", ")[0] == "Origin"
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert [one["asked"] for one in told["questions"]] == [
        "Vilken känsla blev kvar hos dig?",
        "Vad vill du berätta för oss?",
    ]
    assert [choice[1] for choice in told["questions"][0]["choices"]] == [
        "glädje",
        "förtroende",
        "besvikelse",
        "irritation",
    ]


@pytest.mark.parametrize(
    "origin", ["", "null", "https://example.fi", "http://www.example.fi", f"{SITE}.evil.fi"]
)
def test_other_sites_are_refused(client: Client, survey: Survey, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    read = client.get(f"/w/{survey.key}", headers=headers)
    sent = client.post(f"/w/{survey.key}", "words=Hei", content_type=FORM, headers=headers)
    assert (read.status_code, sent.status_code, Intake.objects.count()) == (403, 403, 0)
    assert "Access-Control-Allow-Origin" not in read.headers


def test_an_answer_sent_often_is_one_row(client: Client, survey: Survey) -> None:
    token = client.get(f"/w/{survey.key}?lang=fi", headers={"Origin": SITE}).json()["token"]
    body = urlencode({"feeling": "joy", "words": "Hyvä sivu", "_form": token, "_once": "a" * 32})
    replies = [
        client.post(f"/w/{survey.key}", body, content_type=FORM, headers={"Origin": SITE}) for _ in range(20)
    ]
    assert {(one.status_code, one.content) for one in replies} == {(200, b'{"kept": true, "missing": []}')}
    row = Intake.objects.get()
    how, form = unpacked(bytes(row.raw or b""))
    assert (how.door, how.language, form, row.state) == ("widget", "fi", body.encode(), 0)


def test_a_closed_survey_asks_no_more(client: Client, survey: Survey) -> None:
    close_survey(survey=survey, actor_id=1)
    live.forget()
    reply = client.get(f"/w/{survey.key}", headers={"Origin": SITE})
    assert (reply.status_code, reply.headers["Access-Control-Allow-Origin"]) == (404, SITE)
    assert client.get("/w/nosuchsurvey00", headers={"Origin": SITE}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("www.example.fi", SITE),
        (" https://WWW.example.fi:443/kauppa?x=1 ", SITE),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("https://räntä.fi", "https://xn--rnt-qlac.fi"),
        ("ftp://example.fi", None),
        ("https://user@example.fi", None),
        ("", None),
        ("https://:80", None),
        ("https://example.fi:abc", None),
    ],
)
def test_an_origin_is_made_of_what_people_type(typed: str, origin: str | None) -> None:
    assert origins.origin_in(typed) == origin


def test_the_script_is_at_most_five_kilobytes() -> None:
    script = Path(kalevi.channels.widget.__file__).parent / "static" / "widget" / "widget.js"
    assert len(gzip.compress(script.read_bytes(), 9)) <= 5 * 1024


def test_the_settings_list_sites_and_give_lines_to_copy(survey: Survey) -> None:
    client = Client()
    client.force_login(Colleague.objects.create_user("m@example.fi", name="Maija", role=Role.MANAGER))
    client.post("/settings/widget/", {"origin": "shop.example.fi/tuotteet"})
    client.post("/settings/widget/", {"origin": "shop.example.fi"})
    assert sorted(Site.objects.values_list("origin", flat=True)) == ["https://shop.example.fi", SITE]
    assert client.post("/settings/widget/", {"origin": "ei osoite!"}).status_code == 200
    page = client.get(f"/settings/widget/{survey.pk}/").content.decode()
    assert f"data-survey=&quot;{survey.key}&quot; async" in page
    client.get("/settings/widget/")
    with CaptureQueriesContext(connection) as two:
        client.get("/settings/widget/")
    client.post(f"/settings/widget/site/{Site.objects.get(origin=SITE).pk}/remove/")
    assert Site.objects.get().origin == "https://shop.example.fi"
    client.get("/settings/widget/")
    with CaptureQueriesContext(connection) as one:
        client.get("/settings/widget/")
    assert len(two) == len(one)
    assert Entry.objects.filter(action="channels.widget.allow").count() == 2
