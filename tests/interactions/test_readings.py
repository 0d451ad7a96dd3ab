"""A colleague's reading stands beside the model's; a second colleague confirms it, and then it stays."""

import pytest
from django.db import DatabaseError, connection, transaction

from kalevi.audit.models import Entry
from kalevi.interactions.actions.readings import (
    ConfirmedError,
    NothingToReadError,
    OwnReadingError,
    agree_with_model,
    change_own_reading,
    confirm_reading,
)
from kalevi.interactions.erasing import erase_interaction
from kalevi.interactions.models import ColleagueReading, Interaction, Reading
from kalevi.people.models import Colleague, Erasure
from kalevi.shell.roles import Role
from tests.saying import NOW, say

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
    done = Entry.objects.filter(action="interactions.read", actor_id=liisa.pk).order_by("pk")
    assert [entry.details["change"] for entry in done][:2] == ["feeling:anger", "feeling:joy"]


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


def test_the_database_takes_no_reading_of_erased_words_and_changes_no_confirmed_one(
    liisa: Colleague, matti: Colleague
) -> None:
    one, gone = told(), told()
    reading = change_own_reading(colleague=liisa, interaction_id=one.pk, kind="feeling", key="joy")
    confirm_reading(colleague=matti, reading_id=reading.pk)
    erasure = Erasure.objects.create(at=NOW, reason="request")
    erase_interaction(gone.pk, erasure)
    with pytest.raises(DatabaseError), transaction.atomic():
        ColleagueReading.objects.create(interaction=gone, colleague=liisa, at=NOW)
    for statement in (
        "UPDATE interactions_colleaguereading SET confirmed_by_id = NULL, confirmed_at = NULL",
        f"UPDATE interactions_colleaguereading SET interaction_id = {gone.pk}",
        f"UPDATE interactions_colleaguereading SET colleague_id = {matti.pk}",
        "DELETE FROM interactions_colleaguereading",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert ColleagueReading.objects.get() == reading
    erase_interaction(one.pk, erasure)
    assert ColleagueReading.objects.count() == 0
