"""The page behind every chip: the words that spoke for it and against it."""

from dataclasses import replace

import pytest

from kalevi.interactions.queries.cards import cards_for_colleague
from kalevi.interactions.queries.findings import why_for_colleague
from kalevi.interactions.readers import company_reader
from kalevi.people.models import Colleague
from kalevi.shell.roles import Role
from tests.saying import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def liisa() -> Colleague:
    return Colleague.objects.create_user("liisa@example.fi", name="Liisa", role=Role.FRONTLINE)


def test_words_side_by_side_are_shown_as_one(liisa: Colleague) -> None:
    body = {"t": [["delivery", 0.4, [[0, 6], [7, 15], [25, 33]]]]}
    said = say("Kiitos nopeasta, vaikkei kiirettä ollut.", body=body)
    (card,) = cards_for_colleague(liisa, [said.pk])
    (reason,) = why_for_colleague(card).reasons
    assert reason.spoken.words_for == ("Kiitos nopeasta", "kiirettä")


def test_the_tone_shows_its_words(liisa: Colleague) -> None:
    words = "Surkea palvelu!"
    (card,) = cards_for_colleague(liisa, [say(words).pk])
    (read,) = company_reader().read([words])
    assert read.sentiment == "negative"
    assert "Surkea" in why_for_colleague(replace(card, read=read)).tone.words_for[0]


def test_a_tone_that_another_model_read_shows_none(liisa: Colleague) -> None:
    (card,) = cards_for_colleague(liisa, [say("Surkea palvelu!", ("sentiment", "negative")).pk])
    assert why_for_colleague(card).tone.words_for == ()


def test_a_score_beside_the_words_is_named_among_what_spoke(liisa: Colleague) -> None:
    words = "Ajoin autoni jumiin lumihankeen. Se mies nosti perän."
    (card,) = cards_for_colleague(liisa, [say(words).pk])
    for grade, spoke in ((1.0, (True, False)), (None, (False, False))):
        (read,) = company_reader().read([words], grades=[grade])
        tone = why_for_colleague(replace(card, read=replace(read, sentiment="positive"))).tone
        assert (tone.score_for, tone.score_against) == spoke
