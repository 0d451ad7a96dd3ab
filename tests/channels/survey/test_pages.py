"""Pages for colleagues and for customers."""

import csv
import gzip
import io
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import time_machine
from django.test import Client

from kalevi.channels.survey import reception
from kalevi.channels.survey.actions import close_survey
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.reception import take
from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.channels.survey.asked import DELIVERY, a_form, a_survey, a_token, understood

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
FEW = ("joy", "trust", "disappointment", "irritation")


@pytest.fixture
def manager(client: Client) -> Client:
    client.force_login(Colleague.objects.create_user("m@example.fi", name="Maija", role=Role.MANAGER))
    return client


def answered(survey: Survey, count: int) -> None:
    for number in range(count):
        form = a_form(survey, words=f"Sana {number}", again="9", felt="joy")
        take(survey.key, form, address=f"192.0.2.{number}")
    understood()


def text_of(response: object) -> str:
    body: bytes = response.content  # type: ignore[attr-defined]
    return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("sv-FI,sv;q=0.9,en;q=0.5", "sv"),
        ("en;q=0.5,fi;q=0.8", "fi"),
        ("de", "fi"),
        ("", "fi"),
        ("fi;q=x", "fi"),
    ],
)
def test_a_customer_reads_the_page_in_their_language(client: Client, accepted: str, language: str) -> None:
    survey = a_survey()
    page = client.get(f"/s/{survey.key}", headers={"accept-language": accepted, "accept-encoding": "gzip"})
    assert page.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in text_of(page)
    assert page.cookies.keys() == set()


def test_a_page_weighs_little_loads_nothing_and_has_a_token_of_its_own(client: Client) -> None:
    survey = a_survey()
    pages = [client.get(f"/s/{survey.key}/fi", headers={"accept-encoding": "gzip"}) for _each in range(2)]
    assert max(len(page.content) for page in pages) < 15_000
    texts = [text_of(page) for page in pages]
    assert re.findall(r'(?:src|href)="(?!#|/s/)[^"]*"', texts[0]) == []
    tokens = [re.findall(r'name="_form" value="([^"]+)"', text) for text in texts]
    assert [len(found) for found in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    assert client.get(f"/s/{survey.key}/fi").content.decode()[:15] == "<!doctype html>"


def test_a_get_records_nothing_and_shows_the_answer_ready(client: Client) -> None:
    survey = a_survey()
    page = text_of(client.get(f"/s/{survey.key}/fi?again=3&d=mail&p=LINK"))
    assert '<input type="radio" name="again" value="3" checked' in page
    assert '<input type="hidden" name="_personal" value="LINK">' in page
    assert '<input type="hidden" name="_door" value="mail">' in page
    assert Intake.objects.count() == 0


def test_an_answer_is_thanked_for(client: Client) -> None:
    survey = a_survey()
    answer = client.post(f"/s/{survey.key}", a_form(survey, words="Hei"), content_type=FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/s/{survey.key}/thanks/fi")
    assert "Sanasi tulivat perille juuri niin kuin ne kirjoitit." in text_of(
        client.get(answer.headers["Location"])
    )


def test_what_was_written_is_never_lost_with_an_error(client: Client) -> None:
    needed = {
        **DELIVERY,
        "questions": [DELIVERY["questions"][0], {"key": "n", "kind": "nps", "required": True}],
    }
    survey = a_survey(needed)
    token = a_token(survey, "sv")
    form = a_form(survey, token, words='<b>"Ord" & mer</b>')
    answer = client.post(f"/s/{survey.key}", form, content_type=FORM)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "&lt;b&gt;&quot;Ord&quot; &amp; mer&lt;/b&gt;</textarea>" in page
    assert "En fråga väntar ännu på ditt svar." in page
    assert f'value="{token}"' in page


def test_a_flood_is_asked_to_wait_with_the_words_in_hand(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "monotonic", lambda: 1_000.0)
    survey = a_survey()
    for number in range(60):
        client.post(f"/s/{survey.key}", a_form(survey, words=f"Sana {number}"), content_type=FORM)
    answer = client.post(f"/s/{survey.key}", a_form(survey, words="Viimeinen sana"), content_type=FORM)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1
    assert '<input type="hidden" name="words" value="Viimeinen sana">' in text_of(answer)


def test_a_closed_survey_says_so_and_an_unknown_one_is_not_there(client: Client) -> None:
    survey = a_survey()
    close_survey(survey=survey, actor_id=None)
    from kalevi.channels.survey import live

    live.forget()
    closed = client.get(f"/s/{survey.key}/en")
    assert (closed.status_code, "This survey has ended" in text_of(closed)) == (410, True)
    assert client.get("/s/abcdefghjkmnpq").status_code == 404
    assert client.post("/s/abcdefghjkmnpq", b"words=x", content_type=FORM).status_code == 404


def test_a_ready_survey_is_begun_and_opened(manager: Client) -> None:
    begun = manager.post("/surveys/begin/", {"template": "visit"})
    survey = Survey.objects.get()
    assert begun.headers["Location"] == f"/surveys/{survey.pk}/edit/"
    assert survey.state == Survey.State.DRAFT
    manager.post(f"/surveys/{survey.pk}/state/", {"state": "publish"})
    survey.refresh_from_db()
    assert survey.state == Survey.State.OPEN
    for state in ("close", "reopen"):
        manager.post(f"/surveys/{survey.pk}/state/", {"state": state})
    survey.refresh_from_db()
    assert (survey.state, survey.closed_at) == (Survey.State.OPEN, None)


def test_results_show_words_first_and_each_number_with_its_n(manager: Client) -> None:
    survey = a_survey()
    answered(survey, 3)
    page = manager.get(f"/surveys/{survey.pk}/").content.decode()
    assert page.index("Sana 2") < page.index("9–10")
    assert "(44–100%, n&nbsp;=&nbsp;3)" in page


def test_who_answers_again_counts_once(manager: Client) -> None:
    survey = a_survey()
    token = a_token(survey)
    for words, score in (("Ensin", "2"), ("Sitten", "9")):
        take(survey.key, a_form(survey, token, words=words, again=score), address="192.0.2.9")
    understood()
    page = manager.get(f"/surveys/{survey.pk}/").content.decode()
    assert "n&nbsp;=&nbsp;1)" in page
    assert "n&nbsp;=&nbsp;2)" not in page


def test_what_was_put_aside_can_be_taken_up(manager: Client) -> None:
    survey = a_survey()
    take(survey.key, a_form(survey, words="Ihminen olen", _name="x"), address="192.0.2.1")
    page = manager.get(f"/surveys/{survey.pk}/aside/").content.decode()
    assert "Ihminen olen" in page
    row = Intake.objects.get()
    manager.post(f"/surveys/{survey.pk}/aside/take-up/", {"row": row.pk})
    understood()
    assert Interaction.objects.get().verbatim == "Ihminen olen"


def test_no_cell_of_the_table_begins_a_formula(manager: Client) -> None:
    survey = a_survey()
    with time_machine.travel("2026-11-22T09:00:00Z", tick=False):
        form = a_form(survey, a_token(survey), words='=HYPERLINK("x")', again="9", felt=["joy", "trust"])
        take(survey.key, form, address="192.0.2.1")
    understood()
    answer = manager.get(f"/surveys/{survey.pk}/answers.csv", headers={"accept-language": "en"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["words"], row["again"], row["felt"], row["replaced"]) for row in rows] == [
        ('\'=HYPERLINK("x")', "9", "trust joy", "0")
    ]


def test_parquet_holds_every_cell_as_it_was_told(manager: Client, tmp_path: Path) -> None:
    asked = {
        "title": {"fi": "T"},
        "questions": [
            {"key": "language", "kind": "words", "text": {"fi": "Millä kielellä?"}},
            {"key": "again", "kind": "nps"},
        ],
    }
    survey = a_survey(asked, languages=["fi"])
    told = '=1+1, "lainaus"\nja\rrivi; ääkköset'
    with time_machine.travel("2026-11-22T09:00:00Z", tick=False):
        take(survey.key, a_form(survey, a_token(survey), language=told, again="9"), address="192.0.2.1")
        take(survey.key, a_form(survey, a_token(survey), again="0"), address="192.0.2.1")
    understood()
    answer = manager.get(f"/surveys/{survey.pk}/answers.parquet")
    path = tmp_path / "a.parquet"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names, rows = [column[0] for column in found.description], found.fetchall()
    assert names == [
        "answered_at",
        "language",
        "version",
        "replaced",
        "answer.language",
        "again",
        "again.why",
    ]
    at = datetime(2026, 11, 22, 9)  # noqa: DTZ001  Parquet's plain times are UTC here
    assert rows == [
        (at, "fi", 1, False, told, 9, None),
        (at, "fi", 1, False, None, 0, None),
    ]


@pytest.mark.parametrize("address", ["/surveys/", "/surveys/{}/", "/surveys/{}/aside/"])
def test_lists_ask_the_same_for_one_and_for_three(
    manager: Client, address: str, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for count in (1, 2):
        for _each in range(count):
            survey = a_survey()
            answered(survey, count)
            take(survey.key, a_form(survey, words=f"Botti {count}", _name="x"), address="192.0.2.77")
        manager.get(address.format(survey.pk))
        with CaptureQueriesContext(connection) as asked:
            assert manager.get(address.format(survey.pk)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_few_words_for_feelings_leave_room_for_how_strongly(client: Client) -> None:
    asked = {"key": "felt", "kind": "feeling", "options": [{"key": word} for word in FEW]}
    survey = a_survey({"title": {"fi": "Miltä käynti tuntui?"}, "questions": [asked]}, languages=["fi"])
    page = client.get(f"/s/{survey.key}").content.decode()
    assert re.findall(r"\.n4\.feelings\{height:([\d.]+)rem\}", page) == ["11.0"]
