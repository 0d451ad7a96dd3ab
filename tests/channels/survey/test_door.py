"""The front door answers what is ours, and hands on the rest."""

import gzip
import io
from typing import Any

import pytest
from django.db import OperationalError

from kalevi.channels.survey import door
from kalevi.channels.survey.answers import MOST_BYTES
from kalevi.channels.survey.door import FrontDoor
from kalevi.interactions.models import Intake
from kalevi.shell import callers
from tests.channels.survey.asked import a_form, a_survey

pytestmark = pytest.mark.django_db


def behind(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [])
    return [b"behind"]


def ask(method: str, path: str, form: bytes = b"", **environ: str) -> tuple[str, dict[str, str], bytes]:
    told: list[Any] = []
    given: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "REMOTE_ADDR": "192.0.2.1",
        "CONTENT_LENGTH": str(len(form)),
        "wsgi.input": io.BytesIO(form),
        **environ,
    }
    body = b"".join(FrontDoor(behind)(given, lambda *answer: told.extend(answer)))
    return told[0], dict(told[1]), body


@pytest.mark.parametrize("path", ["/", "/surveys/", "/s/short", "/s/abcdefghjkmnpq", "/static/s/x.css"])
def test_what_is_not_ours_is_handed_on(path: str) -> None:
    assert ask("GET", path)[2] == b"behind"


def test_a_page_is_whole_gzip_for_who_takes_it() -> None:
    survey = a_survey()
    status, headers, body = ask("GET", f"/s/{survey.key}", HTTP_ACCEPT_ENCODING="gzip, br")
    assert (status, headers["Content-Encoding"], headers["Content-Length"]) == (
        "200 OK",
        "gzip",
        str(len(body)),
    )
    assert gzip.decompress(body).decode().rstrip().endswith('"></form></main></body></html>')
    assert "Content-Encoding" not in ask("GET", f"/s/{survey.key}")[1]


def test_an_answer_is_stored_and_sent_on_to_the_thanks() -> None:
    survey = a_survey()
    status, headers, _body = ask("POST", f"/s/{survey.key}", a_form(survey, words="Hei"))
    assert (status, headers["Location"]) == ("303 See Other", f"/s/{survey.key}/thanks/fi")
    assert Intake.objects.count() == 1


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", "411 Length Required"),
        (str(MOST_BYTES + 1), "413 Request Entity Too Large"),
        ("99999", "400 Bad Request"),
    ],
)
def test_a_body_that_is_too_long_or_cut_short_is_refused(length: str, status: str) -> None:
    survey = a_survey()
    assert ask("POST", f"/s/{survey.key}", a_form(survey, words="Hei"), CONTENT_LENGTH=length)[0] == status
    assert Intake.objects.count() == 0


def test_without_a_database_it_says_so_and_the_page_keeps_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise OperationalError("words of a customer")

    survey = a_survey()
    monkeypatch.setattr(door, "answered", fail)
    status, headers, body = ask("POST", f"/s/{survey.key}", a_form(survey, words="Hei"))
    assert (status, headers["Retry-After"], body) == ("503 Service Unavailable", "5", b"")


def test_the_address_is_the_proxys_word_only_behind_one(settings: Any) -> None:
    environ = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.9, 203.0.113.5"}
    settings.ADDRESS = "http://127.0.0.1:8000"
    assert callers.address_of(environ) == "10.0.0.1"
    settings.ADDRESS = "https://kalevi.example.fi"
    assert callers.address_of(environ) == "203.0.113.5"
