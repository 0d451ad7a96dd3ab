"""The customer's side: nothing but their own, no login, every tap kept once, and words lost by nobody."""

import gzip
import re
from datetime import timedelta
from random import Random
from unittest.mock import patch

import pytest
import time_machine
from django.test import Client

from kalevi.cases.actions import steps
from kalevi.cases.actions.links import give_link, revoke_links, understand_words
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.file_models import Face
from kalevi.cases.link_models import CaseLink, Thanks
from kalevi.cases.links import text_of
from kalevi.cases.models import Case, CaseWord, State, Step, Verdict
from kalevi.interactions.models import Intake, Interaction
from kalevi.people import erasing
from kalevi.people.models import Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PROBLEM = {"h": [["problem", [0, 5], 0.9, []]]}
MOST_BYTES = 20 * 1024


@pytest.fixture(autouse=True)
def now() -> object:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def case() -> Case:
    Colleague.objects.create_user("t@example.fi", name="Tuula Ketomäki", role=Role.FRONTLINE)
    contact = Contact.objects.create(name="Mari", created_at=NOW)
    return open_by_rules(ids=[say("Ovi ei tullut.", body=PROBLEM, contact=contact).pk])[0]


@pytest.fixture
def page(case: Case) -> str:
    return f"/my/{text_of(give_link(case=case, language='en', actor_id=None))}/"


def test_it_tells_who_has_it_and_what_happens_next(client: Client, page: str) -> None:
    text = client.get(page).content.decode()
    assert "Tuula is taking care of this." in text
    assert "Tuula will get back to you by" in text
    assert "Ovi ei tullut." in text
    assert "Ketomäki" not in text


def test_a_promise_that_was_not_kept_is_no_more_promised(client: Client, page: str, case: Case) -> None:
    assert case.step_at is not None
    with time_machine.travel(case.step_at + timedelta(minutes=1), tick=False):
        text = client.get(page).content.decode()
    assert ("We are late, and we are sorry." in text, "will get back to you" in text) == (True, False)


@pytest.mark.parametrize(
    ("language", "heading"), [("fi", "Asiasi"), ("sv", "Ditt ärende"), ("en", "Your matter")]
)
def test_it_speaks_three_languages(client: Client, page: str, language: str, heading: str) -> None:
    answer = client.get(f"{page}?in={language}")
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert answer["Content-Language"] == language


def test_it_is_light_keeps_no_cookie_and_loads_nothing(client: Client, page: str) -> None:
    answer = client.get(page, headers={"Accept-Encoding": "gzip"})
    assert len(answer.content) <= MOST_BYTES
    text = gzip.decompress(answer.content).decode()
    assert [word for word in ("<script", "<link", "<img", "http://", "https://") if word in text] == []
    assert dict(client.cookies) == {}
    assert answer["Referrer-Policy"] == "no-referrer"


def test_notes_of_colleagues_and_others_cases_are_not_shown(client: Client, page: str, case: Case) -> None:
    say("Toisen asia.", contact=Contact.objects.create(name="Toinen", created_at=NOW))
    told = say("Hermostui puhelimessa.", contact=case.contact, told_by_colleague_id=case.owner_id)
    open_by_rules(ids=[told.pk])
    steps.set_step(
        case_id=case.pk, colleague=case.owner, step=Step.OTHER, words="Kysy Penalta", at=NOW.replace(hour=12)
    )
    text = client.get(page).content.decode()
    assert [word for word in ("Hermostui", "Toisen", "Penalta") if word in text] == []


def test_words_are_kept_once_and_wait_for_the_carrier(client: Client, page: str, case: Case) -> None:
    steps.set_step(
        case_id=case.pk, colleague=case.owner, step=Step.ASK_AFTER, at=NOW.replace(hour=12), waits=True
    )
    for _twice in range(2):
        client.post(page, {"what": "words", "token": "t", "words": "Ovi on vieläkin kateissa."})
    said = Interaction.objects.get(source="case")
    assert (said.verbatim, said.contact, said.case_word.case) == (
        "Ovi on vieläkin kateissa.",
        case.contact,
        case,
    )
    case.refresh_from_db()
    assert (case.state, case.step, case.reopened) == (State.OPEN, Step.ANSWER, 0)


def test_words_that_were_received_but_not_put_are_put_later(client: Client, page: str, case: Case) -> None:
    # The server is killed after the words were received and before they were understood.
    with patch("kalevi.cases.actions.links.understand_words"):
        client.post(page, {"what": "words", "token": "t", "words": "Vielä tämä."})
    assert case.words.count() == 1
    assert understand_words() == 1
    assert case.words.count() == 2


def test_no_opens_it_again_and_yes_stands(client: Client, page: str, case: Case) -> None:
    steps.resolve(case_id=case.pk, colleague=case.owner)
    assert "Is it solved?" in client.get(page).content.decode()
    client.post(page, {"what": "not_solved"})
    case.refresh_from_db()
    assert (case.state, case.reopened) == (State.OPEN, 1)
    steps.resolve(case_id=case.pk, colleague=case.owner)
    client.post(page, {"what": "solved"})
    case.refresh_from_db()
    assert (case.state, case.verdict) == (State.RESOLVED, Verdict.SOLVED)


def test_writing_on_a_resolved_case_opens_it_again(client: Client, page: str, case: Case) -> None:
    steps.resolve(case_id=case.pk, colleague=case.owner)
    client.post(page, {"what": "words", "token": "t", "words": "Ei sittenkään toimi."})
    case.refresh_from_db()
    assert (case.state, case.step, case.reopened) == (State.OPEN, Step.ANSWER, 1)


def test_thanks_are_asked_for_once_a_person_has_answered(client: Client, page: str, case: Case) -> None:
    asked = ["Was Tuula a help to you?" in client.get(page).content.decode()]
    steps.answer(case_id=case.pk, colleague=case.owner, token="a", words="Ovi tulee huomenna.")
    asked.append("Was Tuula a help to you?" in client.get(page).content.decode())
    client.post(page, {"what": "thanks"})
    asked.append("Was Tuula a help to you?" in client.get(page).content.decode())
    assert asked == [False, True, False]


def test_thanks_are_kept_once_for_who_carried_it(client: Client, page: str, case: Case) -> None:
    for _twice in range(2):
        client.post(page, {"what": "thanks"})
    assert Thanks.objects.get().colleague == case.owner


@pytest.mark.parametrize("text", ["1-0", "x", "999999-abc", "1-" + "0" * 30])
def test_a_guessed_link_shows_nothing(client: Client, page: str, text: str) -> None:
    answer = client.get(f"/my/{text}/")
    assert (answer.status_code, "Ovi ei tullut." in answer.content.decode()) == (410, False)


def test_a_link_ends_by_itself_by_hand_and_with_the_person(client: Client, page: str, case: Case) -> None:
    revoke_links(case=case, actor_id=None)
    assert client.get(page).status_code == 410
    again = f"/my/{text_of(give_link(case=case, language='fi', actor_id=None))}/"
    assert client.get(again).status_code == 200
    CaseLink.objects.update(made_at=NOW - timedelta(days=99), ends_at=NOW)
    assert client.get(again).status_code == 410


def test_nothing_is_left_of_it_when_the_person_is_erased(client: Client, page: str, case: Case) -> None:
    client.post(page, {"what": "words", "token": "t", "words": "Vielä tämä."})
    assert case.contact is not None
    erasing.erase(kind="contact", number=case.contact.pk, reason=Reason.REQUEST, actor_id=None)
    assert client.get(page).status_code == 410
    assert list(Intake.objects.filter(source="case").values_list("raw", flat=True)) == [None]
    case.refresh_from_db()
    assert case.state == State.ENDED


def test_a_long_story_is_as_light_and_goes_on_page_by_page(client: Client, case: Case, page: str) -> None:
    # Noise packs worse than anything a person writes.
    noise = Random(7)
    Face.objects.create(colleague=case.owner, picture=noise.randbytes(8 * 1024), type="image/jpeg", at=NOW)
    words = ["".join(noise.choices("abcdefghijklmnopqrstuvwxyzåäö     ", k=2_000)) for _n in range(12)]
    for n, told in enumerate([*words, words[0] * 10]):
        said = say(f"{n}: {told}"[:20_000], contact=case.contact, ago=timedelta(minutes=59 - n))
        CaseWord.objects.create(case=case, interaction=said, at=NOW)
    address, seen = f"{page}?in=en", []
    while address:
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert len(answer.content) <= MOST_BYTES
        text = gzip.decompress(answer.content).decode()
        seen += [int(n) for n in re.findall(r"<blockquote>(\d+): ", text)]
        further = re.search(r"\?before=(\d+)", text)
        address = f"{page}?in=en&before={further[1]}" if further else ""
    assert sorted(seen) == list(range(13))


@pytest.mark.parametrize("before", ["²", "x", "0", "9" * 30])
def test_an_address_that_somebody_made_up_shows_nothing_else(client: Client, page: str, before: str) -> None:
    assert client.get(page, {"before": before}).status_code == 200
