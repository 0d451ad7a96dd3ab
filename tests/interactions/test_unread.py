"""Words a reader failed on are read by the schedule, and can be erased whole after."""

import pytest
from django.db import transaction

from kalevi.interactions import unread
from kalevi.interactions.erasing import erase_interactions
from kalevi.interactions.findings import code
from kalevi.interactions.models import Found, Interaction, Reading
from kalevi.interactions.tasks import read_unread
from kalevi.people.models import Erasure, Reason
from kalevi.text import Reader
from kalevi.text.listed import Listed
from tests.interactions.arriving import SAID, arrive, indexed

pytestmark = pytest.mark.django_db
WORDS = "Salasanaonni vei kultaiset laiturit."


class Failing(Reader):
    """A reader that cannot read."""

    def listed(self, *args: object, **kwargs: object) -> Listed:
        raise ValueError


def test_words_without_a_reading_are_read_by_the_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "BATCH", 2)
    arrive(monkeypatch, Failing(), WORDS, "Hyvää palvelua.", "Kiitos avusta.")
    assert Reading.objects.count() == 0
    assert read_unread.call() == 3
    assert set(Reading.objects.values_list("language", flat=True)) == {"fi"}
    assert code("language", "und") not in Found.objects.values_list("code", flat=True)
    assert read_unread.call() == 0


def test_what_still_cannot_be_read_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(monkeypatch, Failing(), WORDS)
    monkeypatch.setattr("kalevi.interactions.tasks.default_reader", Failing)
    assert (read_unread.call(), Reading.objects.count()) == (0, 0)
    assert Found.objects.filter(code=code("language", "und")).count() == 1


def test_words_read_late_leave_the_index_when_they_are_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(monkeypatch, Failing(), WORDS)
    read_unread.call()
    assert indexed() == 1
    erasure = Erasure.objects.create(at=SAID, reason=Reason.UNLAWFUL, subject="interaction:1")
    with transaction.atomic():
        erase_interactions([Interaction.objects.get().pk], erasure)
    assert indexed() == 0
