"""The index is made anew when the rules of its keys change, so that erased words always leave it."""

import pytest
from django.db import connection

from kalevi.interactions import search_index
from kalevi.interactions.models import Interaction, SearchState
from kalevi.people import erasing
from kalevi.people.models import Reason
from kalevi.text.stems import search_keys
from tests.interactions.test_erasing import prepared, tell

pytestmark = pytest.mark.django_db
__all__ = ["prepared"]


def found(key: str) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT interaction_id FROM interactions_search WHERE keys @@ %s::tsquery", [key])
        else:
            cursor.execute("SELECT rowid FROM interactions_search WHERE interactions_search MATCH %s", [key])
        return [number for (number,) in cursor.fetchall()]


def test_index_made_by_other_rules_is_made_anew_before_words_are_taken_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search_index.ensure_current()
    with monkeypatch.context() as older:
        older.setattr(search_index, "keys", lambda text, language: "olderkey")
        interaction = tell("Kultainen laituri.")
    SearchState.objects.update(rules="older")
    assert found("olderkey") == [interaction.pk]
    other = tell("Toinen viesti.")
    erasing.erase(kind="interaction", number=interaction.pk, reason=Reason.REQUEST, actor_id=None)
    assert found("olderkey") == []
    key = search_index.keys("viesti", "fi").split()[0]
    assert found(key) == [other.pk]
    assert SearchState.objects.get().rules == search_index.rules()


def test_current_index_is_left_alone() -> None:
    tell("Kultainen laituri.")
    assert search_index.ensure_current() is True
    assert search_index.ensure_current() is False
    assert search_index.rebuild() == Interaction.objects.count() == 1


@pytest.mark.parametrize("language", ["fi", "sv", "en", "und", ""])
def test_keys_are_those_that_a_search_looks_for(language: str) -> None:
    text = "Tilaus_tilauksen TILAUKSEN, å 2 12345 rörelsen İstanbul didn't e\u0301t\u00e9 kuusi kuusen kuusia"
    # Each once: only the very same string makes FTS5 forget a row.
    assert search_index.keys(text, language).split(" ") == search_keys(text, language)
    many = " ".join(map(str, range(search_index.MOST_KEYS + 1)))
    assert search_index.keys(many, language).count(" ") == search_index.MOST_KEYS - 1
