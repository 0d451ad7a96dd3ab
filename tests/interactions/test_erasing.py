"""Erased words are gone from every copy, and only with an erasure record."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from kalevi.interactions import told
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Found, Intake, Interaction, Reading, SelfFeeling
from kalevi.interactions.told import Told, Understood
from kalevi.interactions.understanding import understand
from kalevi.people import erasing, ledger
from kalevi.people.models import Contact, Erasure, Identity, Reason
from kalevi.people.recognition import Person
from kalevi.text import Reader
from tests.interactions.arriving import SAID, indexed

WORDS = "Salasanaonni vei kultaisen laiturin."


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    person = Person((("email", "aino@example.fi"),), name="Aino", email="aino@example.fi")
    return [
        Understood(
            (Told(SAID, bytes(row.raw or b"").decode(), person=person, feelings=("ilo",), reference="42"),)
        )
        for row in rows
    ]


def tell(words: str) -> Interaction:
    with transaction.atomic():
        arrival = Arrival(digest(words.encode()), digest(words.encode()), words.encode())
        receive(source="test", scope="test", arrivals=[arrival], at=SAID)
    understand(reader=Reader(), source="test")
    return Interaction.objects.latest("intake_id")


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(told._interpreters, "test", interpret)
    monkeypatch.setattr(settings, "HOME", tmp_path)


def copies() -> dict[str, int]:
    return {
        "words": Interaction.objects.filter(verbatim__isnull=False).count(),
        "reference": Interaction.objects.filter(reference__isnull=False).count(),
        "raw": Intake.objects.filter(raw__isnull=False).count(),
        "feelings": SelfFeeling.objects.filter(words__isnull=False).count(),
        "readings": Reading.objects.count(),
        "found": int(Found.objects.exists()),
        "indexed": indexed(),
        "identities": Identity.objects.count(),
        "named": Contact.objects.exclude(name="").count(),
    }


@pytest.mark.django_db
def test_person_is_erased_from_every_copy() -> None:
    interaction = tell(WORDS)
    assert copies() == dict.fromkeys(copies(), 1)
    erasing.erase(kind="contact", number=interaction.contact_id or 0, reason=Reason.REQUEST, actor_id=None)
    assert copies() == dict.fromkeys(copies(), 0)
    assert Interaction.objects.get().erasure == Erasure.objects.get()


@pytest.mark.django_db
def test_one_interaction_is_erased_and_the_rest_stays() -> None:
    tell("Kiitos, hieno laituri!")
    second = tell(WORDS)
    erasing.erase(kind="interaction", number=second.pk, reason=Reason.UNLAWFUL, actor_id=3)
    assert copies() | {"found": 1} == dict.fromkeys(copies(), 1)


@pytest.mark.django_db
def test_ledger_erases_again_after_a_restore() -> None:
    interaction = tell(WORDS)
    ledger.append(ledger.Line("contact", interaction.contact_id or 0, "request", SAID.isoformat(), None))
    assert erasing.replay() == 1
    assert copies() == dict.fromkeys(copies(), 0)
    assert erasing.replay() == 0


@pytest.mark.django_db
def test_ledger_line_cut_short_is_passed_over(tmp_path: Path) -> None:
    ledger.append(ledger.Line("contact", 1, "request", SAID.isoformat(), None))
    with (tmp_path / "erasures.jsonl").open("a") as file:
        file.write('{"kind": "con')
    assert [line.number for line in ledger.lines()] == [1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_no_byte_of_the_words_is_left_in_the_files() -> None:
    interaction = tell(WORDS)
    file = Path(connection.settings_dict["NAME"])
    if not file.exists():
        pytest.skip("the test database lies in memory")
    erasing.erase(kind="contact", number=interaction.contact_id or 0, reason=Reason.REQUEST, actor_id=None)
    left = file.read_bytes() + Path(f"{file}-wal").read_bytes()
    assert [word for word in (b"Salasanaonni", b"salasanaon", b"aino@example") if word in left] == []


@pytest.mark.django_db
def test_rows_that_never_became_interactions_are_erased_with_the_person() -> None:
    interaction = tell(WORDS)
    contact = Contact.objects.get(pk=interaction.contact_id or 0)
    Identity.objects.create(contact=contact, kind="phone", value="+358401234567")
    Identity.objects.create(contact=contact, kind="test:person", value="c17")
    theirs = [b'["Laituri", "Aino@Example.fi"]', b'["+358 40 123 4567"]', b'["c17", "rikki"]']
    others = [b'["paino@example.fi"]', b'["c170"]', b'["+358 40 123 45678"]', b"\xff"]
    with transaction.atomic():
        arrivals = [Arrival(digest(raw), digest(raw), raw, reason="no_words") for raw in theirs + others]
        receive(source="test", scope="test", arrivals=arrivals, at=SAID)
    erasing.erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    left = Intake.objects.filter(raw__isnull=False).order_by("pk").values_list("raw", flat=True)
    assert [bytes(raw or b"") for raw in left] == others


@pytest.mark.django_db
def test_nothing_is_added_to_what_was_erased() -> None:
    interaction = tell(WORDS)
    erasing.erase(kind="interaction", number=interaction.pk, reason=Reason.UNLAWFUL, actor_id=3)
    with pytest.raises(DatabaseError), transaction.atomic():
        SelfFeeling.objects.create(interaction=interaction, words="ilo", reported_at=SAID)
    with pytest.raises(DatabaseError), transaction.atomic():
        Reading.objects.create(
            interaction=interaction, model="late 1", at=SAID, language="fi", sentiment="neutral"
        )
    assert (SelfFeeling.objects.filter(words__isnull=False).count(), Reading.objects.count()) == (0, 0)
