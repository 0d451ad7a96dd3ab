"""What happened without words is told as what it is; erased is said only where an erasure stands."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import cards_for_colleague
from kalevi.people.models import Colleague, Erasure, Reason
from tests.saying import say

pytestmark = pytest.mark.django_db
ERASED = "The words were erased."


def shown(said: Interaction) -> str:
    colleague = Colleague.objects.create_user("m@example.fi", None, name="Meri", role="manager")
    (card,) = cards_for_colleague(colleague, [said.pk])
    request = RequestFactory().get("/interactions/")
    request.user = colleague
    return render_to_string("interactions/_card.html", {"card": card, "staff": True}, request=request)


def test_a_score_without_words_shows_the_score() -> None:
    said = say(None, kind="feedback", score=9, score_kind="nps", score_low=0, score_high=10)
    page = shown(said)
    assert (ERASED in page, "recommending 9/10" in page) == (False, True)


def test_an_event_is_never_said_to_be_erased() -> None:
    page = shown(say(None, kind="event"))
    assert (ERASED in page, "<strong>Event</strong>" in page) == (False, True)


def test_erased_words_are_said_to_be_erased() -> None:
    said = say("Kiitos")
    erasure = Erasure.objects.create(reason=Reason.REQUEST, at=timezone.now())
    Interaction.objects.filter(pk=said.pk).update(verbatim=None, erasure=erasure)
    assert ERASED in shown(said)


@pytest.mark.parametrize(
    ("kind", "score", "low", "high", "shown_as"),
    [
        ("csat", 4, 1, 5, "satisfaction 4/5"),
        ("stars", 4.5, 1, 5, "score 4.5/5"),
        ("score", -1, -3, 3, "score -1 (-3–3)"),
    ],
)
def test_a_score_stands_beside_the_words_as_it_was_given(
    kind: str, score: float, low: float, high: float, shown_as: str
) -> None:
    said = say("Kiitos", score=score, score_kind=kind, score_low=low, score_high=high)
    assert f"<span>{shown_as}</span>" in shown(said)
