"""What arrives is kept first and understood after, once."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from kalevi.interactions import told
from kalevi.interactions.findings import code
from kalevi.interactions.intake import Arrival, Received, digest, receive
from kalevi.interactions.models import Found, Intake, Interaction, Reading
from kalevi.interactions.packing import unpacked
from kalevi.interactions.preparing import read_safely
from kalevi.interactions.queries.walking import walk
from kalevi.interactions.storing import store_readings
from kalevi.interactions.told import Told, Understood
from kalevi.interactions.understanding import understand
from kalevi.people.models import Contact
from kalevi.people.recognition import Person
from kalevi.text import Reader
from kalevi.text.listed import Listed

pytestmark = pytest.mark.django_db
SAID = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    found = []
    for row in rows:
        text = bytes(row.raw or b"").decode("utf-8", "surrogatepass")
        if text == "bad":
            found.append(Understood(reason="no_words"))
            continue
        person = Person((("email", "aino@example.fi"),), name="Aino", email="aino@example.fi")
        reply = Told(SAID, "Kiitos!", outbound=True, part=1, person=person)
        found.append(Understood((Told(SAID, text, person=person), reply)))
    return found


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(told._interpreters, "test", interpret)


def arrive(identity: str, text: str) -> Received:
    raw = text.encode("utf-8", "surrogatepass")
    arrival = Arrival(digest(identity.encode()), digest(raw), raw)
    with transaction.atomic():
        return receive(source="test", scope="test", arrivals=[arrival], at=SAID)


def test_words_are_stored_read_found_and_indexed() -> None:
    assert arrive("1", "Paketti oli rikki ja palvelu hidasta.") == Received(1, 0, 0)
    assert understand(reader=Reader(), source="test") == Intake.objects.get().pk
    told_words = Interaction.objects.get(outbound=False)
    assert told_words.verbatim == "Paketti oli rikki ja palvelu hidasta."
    assert told_words.contact == Contact.objects.get(email="aino@example.fi")
    assert Interaction.objects.get(outbound=True).answers == told_words
    stored = Reading.objects.get()
    reading = unpacked(
        stored.body,
        text=told_words.verbatim,
        language=stored.language,
        sentiment=stored.sentiment,
        model=stored.model,
    )
    assert reading.language == "fi"
    assert Found.objects.filter(code=code("language", "fi"), interaction=told_words).count() == 1
    assert Intake.objects.get().state == Intake.State.UNDERSTOOD


def test_same_thing_is_known_and_changed_words_are_a_new_version() -> None:
    assert arrive("1", "Hyvä.") == Received(1, 0, 0)
    assert arrive("1", "Hyvä.") == Received(0, 1, 0)
    understand(reader=Reader(), source="test")
    assert arrive("1", "Sittenkin huono.") == Received(1, 0, 0)
    understand(reader=Reader(), source="test")
    first, second = Interaction.objects.filter(outbound=False).order_by("intake_id")
    assert (first.verbatim, second.verbatim) == ("Hyvä.", "Sittenkin huono.")
    assert second.older_version == first


def test_understanding_again_changes_nothing() -> None:
    arrive("1", "Hyvä.")
    understand(reader=Reader(), source="test")
    assert understand(reader=Reader(), source="test") == 0
    assert Interaction.objects.count() == 2


def test_what_cannot_be_understood_is_kept_whole_with_the_reason() -> None:
    arrive("1", "bad")
    understand(reader=Reader(), source="test")
    intake = Intake.objects.get()
    assert (intake.state, intake.reason, bytes(intake.raw or b"")) == (
        Intake.State.REJECTED,
        "no_words",
        b"bad",
    )


def test_characters_a_database_cannot_hold_are_replaced_and_the_bytes_kept() -> None:
    arrive("1", "a\x00b\ud800c")
    understand(reader=Reader(), source="test")
    assert Interaction.objects.get(outbound=False).verbatim == "a\ufffdb\ufffdc"
    assert bytes(Intake.objects.get().raw or b"") == b"a\x00b\xed\xa0\x80c"


def test_words_times_and_source_cannot_be_changed() -> None:
    arrive("1", "Hyvä.")
    understand(reader=Reader(), source="test")
    for change in (
        "verbatim = 'x'",
        "verbatim = NULL",
        "source = 'x'",
        "occurred_at = '2020-01-01 00:00:00+00:00'",
        "score = 1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE interactions_interaction SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM interactions_interaction")
    assert Interaction.objects.get(outbound=False).verbatim == "Hyvä."


class Failing(Reader):
    """A reader that cannot read."""

    def listed(self, *args: object, **kwargs: object) -> Listed:
        raise ValueError


def test_words_that_could_not_be_read_are_found_until_they_are_read_again() -> None:
    arrive("1", "Hyvä palvelu.")
    understand(reader=Failing(), source="test")
    one = Interaction.objects.get(outbound=False)
    found = Found.objects.order_by("code").values_list("code", "interaction")
    channel = code("channel", one.channel)
    assert list(found) == [(code("language", "und"), one.pk), (channel, one.pk)]
    assert walk([], above=None, below=None, most=5).ids == (one.pk,)
    with transaction.atomic():
        read = read_safely(Reader(), ["Hyvä palvelu."], [SAID])[0]
        assert read is not None
        store_readings([(one.pk, read)], at=SAID)
    assert code("language", "und") not in Found.objects.values_list("code", flat=True)
    assert Found.objects.filter(code__in=(code("language", "fi"), channel), interaction=one).count() == 2
