"""Lessons for the reader are readings that two colleagues agree on; what the customer told counts above."""

import pytest

from kalevi.interactions.actions.readings import change_own_reading, confirm_reading
from kalevi.interactions.erasing import erase_interaction
from kalevi.interactions.models import ColleagueReading
from kalevi.interactions.queries.lessons import lessons_for_training
from kalevi.people.models import Colleague, Erasure
from kalevi.shell.roles import Role
from kalevi.text.refitting import Lesson
from tests.saying import NOW, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Colleague, Colleague]:
    people = (("liisa@example.fi", "Liisa"), ("matti@example.fi", "Matti"))
    liisa, matti = (
        Colleague.objects.create_user(mail, name=name, role=Role.FRONTLINE) for mail, name in people
    )
    return liisa, matti


def read(colleague: Colleague, words: str, feelings: tuple[str, ...] = ()) -> ColleagueReading:
    one = say(words, feelings=feelings)
    change_own_reading(colleague=colleague, interaction_id=one.pk, kind="feeling", key="anger")
    change_own_reading(colleague=colleague, interaction_id=one.pk, kind="hot", key="problem")
    return change_own_reading(colleague=colleague, interaction_id=one.pk, kind="sentiment", key="negative")


def test_only_confirmed_readings_are_lessons(two: tuple[Colleague, Colleague]) -> None:
    read(two[0], "Ei vahvistettu.")
    confirm_reading(colleague=two[1], reading_id=read(two[0], "Myöhässä taas.").pk)
    assert lessons_for_training() == [
        Lesson(
            "Myöhässä taas.",
            "fi",
            "negative",
            frozenset(["anger"]),
            frozenset(["problem"]),
            frozenset(),
        )
    ]


def test_a_feeling_the_customer_told_stands_above(two: tuple[Colleague, Colleague]) -> None:
    for words in ("Suru", "ihan oma sana"):
        confirm_reading(colleague=two[1], reading_id=read(two[0], "Odotin.", feelings=(words,)).pk)
    assert [lesson.own_feelings for lesson in lessons_for_training()] == [frozenset(["sadness"]), None]


def test_erased_words_teach_nothing(two: tuple[Colleague, Colleague]) -> None:
    reading = read(two[0], "Myöhässä taas.")
    confirm_reading(colleague=two[1], reading_id=reading.pk)
    erase_interaction(reading.interaction_id, Erasure.objects.create(at=NOW, reason="request"))
    assert lessons_for_training() == []
