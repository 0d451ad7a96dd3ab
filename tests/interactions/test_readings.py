"""A colleague's reading stands beside the model's; a second colleague confirms it, and then it stays."""

import pytest

from kalevi.audit.models import Entry
from kalevi.interactions.actions.readings import (
    ConfirmedError,
    NothingToReadError,
    OwnReadingError,
    agree_with_model,
    change_own_reading,
    confirm_reading,
)
from kalevi.interactions.models import ColleagueReading, Interaction, Reading
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import say

pytestmark = pytest.mark.django_db
BODY = {
    "f": [["joy", 0.5, 0.8, [[0, 6]]]],
    "h": [["need", [0, 6], 0.6, [[0, 6]]], ["need", [0, 6], 0.5, []]],
    "t": [["delivery", 0.4, [[0, 6]]]],
}


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.FRONTLINE)


@pytest.fixture
def matti() -> Colleague:
    return Colleague.objects.create_user("matti@example.fi", name="Matti", role=Role.MANAGER)


def told() -> Interaction:
    return say("Kiitos toimituksesta!", ("sentiment", "positive"), body=BODY)


def test_findings_are_pressed_and_let_go(liisa: Colleague) -> None:
    one = told()

    def press(kind: str, key: str) -> ColleagueReading:
        return change_own_reading(colleague=liisa, interaction_id=one.pk, kind=kind, key=key)

    press("feeling", "anger")
    press("feeling", "joy")
    press("feeling", "anger")
    press("sentiment", "mixed")
    press("theme", "price")
    reading = press("sentiment", "negative")
    assert (reading.feelings, reading.sentiment, reading.themes) == (["joy"], "negative", ["price"])
    assert ColleagueReading.objects.count() == 1
    assert Reading.objects.get().body == BODY
    actions = Entry.objects.filter(action="interactions.read", actor_id=liisa.pk).values_list(
        "details", flat=True
    )
    assert [details["change"] for details in actions][:2] == ["feeling:anger", "feeling:joy"]


def test_agreeing_copies_the_model(liisa: Colleague) -> None:
    reading = agree_with_model(colleague=liisa, interaction_id=told().pk)
    assert (reading.sentiment, reading.feelings, reading.hots, reading.themes) == (
        "positive",
        ["joy"],
        ["need"],
        ["delivery"],
    )


def test_a_second_colleague_confirms_and_then_it_stays(liisa: Colleague, matti: Colleague) -> None:
    one = told()
    reading = agree_with_model(colleague=liisa, interaction_id=one.pk)
    with pytest.raises(OwnReadingError):
        confirm_reading(colleague=liisa, reading_id=reading.pk)
    confirm_reading(colleague=matti, reading_id=reading.pk)
    with pytest.raises(ConfirmedError):
        confirm_reading(colleague=matti, reading_id=reading.pk)
    with pytest.raises(ConfirmedError):
        change_own_reading(colleague=liisa, interaction_id=one.pk, kind="feeling", key="fear")
    reading.refresh_from_db()
    assert (reading.confirmed_by, reading.feelings) == (matti, ["joy"])


@pytest.mark.parametrize(("kind", "key"), [("feeling", "bliss"), ("mark", "late"), ("language", "fi")])
def test_only_known_findings_are_read(liisa: Colleague, kind: str, key: str) -> None:
    with pytest.raises(KeyError):
        change_own_reading(colleague=liisa, interaction_id=told().pk, kind=kind, key=key)


def test_our_own_words_and_no_words_are_not_read(liisa: Colleague) -> None:
    for one in (say("Vastaus", outbound=True), say(None, kind="event")):
        with pytest.raises(NothingToReadError):
            agree_with_model(colleague=liisa, interaction_id=one.pk)
