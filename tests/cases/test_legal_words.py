"""The words by which a legal request is known are the company's to change, and the log tells how."""

import pytest
from django.test import Client

from kalevi.audit.models import Entry
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Case
from kalevi.cases.rule_models import OpeningRule, Why
from kalevi.cases.rules import LEGAL, current_rules, legal_words
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db
PAGE = "/settings/cases/"


@pytest.fixture(autouse=True)
def minna(client: Client) -> Colleague:
    made = Colleague.objects.create_user("m@example.fi", name="Minna", role=Role.MANAGER, language="en")
    client.force_login(made)
    return made


@pytest.fixture
def given(client: Client) -> dict[str, str]:
    """What the page shows, as it is sent back unchanged."""
    form = client.get(PAGE).context
    shown = {field.html_name: field.value() for part in (form["rules"], form["times"]) for field in part}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def opened(words: str) -> list[Case]:
    return open_by_rules(ids=[say(words, received_at=NOW).pk], at=NOW)


def test_own_words_take_the_place_of_the_usual_ones(client: Client, given: dict[str, str]) -> None:
    told = {
        "words_fi": "Tietopyyntö\n tietopyyntö \n\nHaastan  oikeuteen",
        "words_sv": "",
        "words_en": "gdpr",
    }
    assert client.post(PAGE, given | told).status_code == 302
    assert legal_words(current_rules()) == {
        "fi": ["tietopyyntö", "haastan oikeuteen"],
        "sv": [],
        "en": ["gdpr"],
    }
    assert [len(opened(words)) for words in ("Teen TIETOPYYNNÖN: tietopyyntö!", "Min advokat ringer.")] == [
        1,
        0,
    ]
    details = Entry.objects.filter(action="cases.store_rules").latest("pk").details
    assert details["words_added"] == ["haastan oikeuteen", "tietopyyntö"]
    assert ("advokat" in details["words_removed"], "gdpr" in details["words_removed"]) == (True, False)


def test_unchanged_they_stay_the_usual_ones(client: Client, given: dict[str, str]) -> None:
    client.post(PAGE, given)
    assert OpeningRule.objects.get(why=Why.LEGAL).words == {}
    assert legal_words(current_rules()) == LEGAL
    assert Entry.objects.filter(action="cases.store_rules").latest("pk").details["words_added"] == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"words_en": "law"}, "“law”: from 4 to 60 letters."),
        ({"words_sv": "x" * 61}, "from 4 to 60 letters."),
        ({"words_fi": "\n".join(f"sana{n}" for n in range(61))}, "At most 60 lines."),
        ({"words_fi": "", "words_sv": " \n", "words_en": ""}, "Give at least one word"),
    ],
)
def test_what_would_wake_on_anything_or_nothing_is_refused(
    client: Client, given: dict[str, str], told: dict[str, str], why: str
) -> None:
    answer = client.post(PAGE, given | told)
    assert (answer.status_code, why in answer.content.decode()) == (200, True)
    assert not OpeningRule.objects.exists()


def test_a_rule_out_of_use_needs_no_words(client: Client, given: dict[str, str]) -> None:
    del given["legal_active"]
    assert (
        client.post(PAGE, given | dict.fromkeys(("words_fi", "words_sv", "words_en"), "")).status_code == 302
    )
    assert opened("My lawyer calls you.") == []
