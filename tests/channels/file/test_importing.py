"""What a file brings is kept once, understood, and can be taken back."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from kalevi.channels.file import actions, running, undoing, uploads
from kalevi.channels.file.mapping import Mapping
from kalevi.channels.file.models import Import
from kalevi.channels.file.rejects import rejects_file
from kalevi.channels.file.tasks import clean_up, undo_import
from kalevi.interactions.models import Found, Intake, Interaction, Reading
from kalevi.people import ledger
from kalevi.people.models import Contact, Identity, Reason
from kalevi.tables import TableError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]


def bring(content: str | bytes, name: str = "palaute.csv") -> Import:
    data = content.encode() if isinstance(content, str) else content
    made = actions.take_file(name=name, chunks=[data], actor_id=None)
    begun = actions.begin(record=made, actor_id=None)
    running.run(begun)
    return Import.objects.get(pk=begun.pk)


def numbers(record: Import) -> tuple[int, int, int, int]:
    return record.rows, record.stored, record.known, record.rejected


PLAIN = """Päivä;Asiakas;Sähköposti;Arvosana;Palaute
22.11.2025 klo 9.05;Aino Aalto;aino@example.fi;5;Kiitos hyvästä palvelusta, tulen toistekin.
23.11.2025;Eero Eklund;eero@example.fi;4,5;Toimitus kesti liian kauan ja paketti oli rikki.
;Helmi Hakala;helmi@example.fi;2;Kukaan ei vastannut puhelimeen koko viikolla.
40.13.2025;Oskar Ojala;oskar@example.fi;1;Laskussa oli väärä summa ja jouduin soittamaan.
;;;;
"""


def test_every_row_is_kept_and_understood() -> None:
    record = bring(PLAIN)
    assert numbers(record) == (5, 3, 0, 2)
    assert (record.state, record.undated) == (Import.State.DONE, 1)
    first = Interaction.objects.get(verbatim__startswith="Kiitos")
    assert first.occurred_at == datetime(2025, 11, 22, 7, 5, tzinfo=UTC)
    assert first.contact == Contact.objects.get(email="aino@example.fi", name="Aino Aalto")
    assert (first.score, first.score_low, first.score_high) == (5.0, 1.0, 5.0)
    assert Interaction.objects.get(verbatim__startswith="Toimitus").score == 4.5
    undated = Interaction.objects.get(verbatim__startswith="Kukaan")
    assert undated.occurred_at == undated.received_at
    assert Reading.objects.count() == 3
    assert set(Intake.objects.values_list("reason", flat=True)) == {"", "unreadable_date", "empty_row"}


def test_upload_is_gone_once_its_rows_are_in_the_log() -> None:
    record = bring(PLAIN)
    assert (list(uploads.folder().iterdir()), record.stored_as) == ([], "")


def test_same_file_twice_is_known() -> None:
    bring(PLAIN)
    assert numbers(bring(PLAIN)) == (5, 0, 5, 0)
    assert Interaction.objects.count() == 3


def test_same_rows_without_ids_are_told_apart_by_how_often_they_came() -> None:
    once = "palaute\nTosi hyvä palvelu täällä\nHuono palvelu tällä kertaa\n"
    assert numbers(bring(once)) == (2, 2, 0, 0)
    again = "palaute\nTosi hyvä palvelu täällä\nTosi hyvä palvelu täällä\nHuono palvelu tällä kertaa\n"
    assert numbers(bring(again)) == (3, 1, 2, 0)


NUMBERED = "id,created_at,comment,likes\n{}\n"


def test_changed_words_under_a_known_id_are_a_new_version() -> None:
    bring(
        NUMBERED.format(
            "a1,2025-01-01,It was a good day for all,0\na2,2025-01-02,The queue was far too long,0"
        )
    )
    record = bring(
        NUMBERED.format(
            "a1,2025-01-01,It was a good day for all,7\na2,2025-01-02,The queue was long but fine,0"
        )
    )
    assert numbers(record) == (2, 1, 1, 0)
    newer = Interaction.objects.get(verbatim="The queue was long but fine")
    assert newer.older_version == Interaction.objects.get(verbatim="The queue was far too long")


def test_reply_becomes_ours_on_the_same_timeline() -> None:
    header = "Review ID,Review Title,Review Text,Rating,Review Time,Reply Text,Consumer ID,Consumer Name"
    row = "r1,Bad boat,The boat leaked from the first day,1,2025-03-01T10:00:00Z,We are sorry.,c1,Aino"
    record = bring(f"{header}\n{row}\n")
    assert (record.format, numbers(record)) == ("trustpilot_reviews", (1, 1, 0, 0))
    reply = Interaction.objects.get(outbound=True)
    said = Interaction.objects.get(outbound=False)
    assert (reply.verbatim, reply.answers, reply.contact) == ("We are sorry.", said, said.contact)
    assert said.verbatim == "Bad boat\n\nThe boat leaked from the first day"


def test_reply_that_comes_later_answers_the_words_that_are_there() -> None:
    header = "Review ID,Review Title,Review Text,Rating,Review Time,Reply Text,Consumer ID,Consumer Name\n"
    row = "r1,,The boat leaked from the first day,1,2025-03-01T10:00:00Z,{},c1,Aino\n"
    bring(header + row.format(""))
    assert numbers(bring(header + row.format("We mended it."))) == (1, 1, 0, 0)
    said = Interaction.objects.get(outbound=False)
    reply = Interaction.objects.get(outbound=True)
    assert (reply.answers, reply.contact, reply.verbatim) == (said, said.contact, "We mended it.")


def test_undone_import_leaves_nothing_and_can_be_brought_again() -> None:
    record = bring(PLAIN)
    other = bring("Sähköposti;Palaute\naino@example.fi;Tulin uudestaan ja hyvin meni taas.\n")
    actions.undo(record=record, actor_id=None)
    assert undo_import.call(record.pk) == 5
    record.refresh_from_db()
    assert record.state == Import.State.UNDONE
    assert record.erasure is not None
    assert record.erasure.reason == Reason.UNDONE_IMPORT
    assert list(
        Interaction.objects.filter(verbatim__isnull=False).values_list("intake__batch", flat=True)
    ) == [other.pk]
    assert Intake.objects.filter(batch=record.pk, raw__isnull=False).count() == 0
    assert Contact.objects.exclude(name="").values_list("name", flat=True).get() == "Aino Aalto"
    assert set(Identity.objects.values_list("value", flat=True)) == {"aino@example.fi"}
    assert numbers(bring(PLAIN)) == (5, 3, 0, 2)
    assert Found.objects.values("interaction").distinct().count() == Reading.objects.count() == 4


def test_rejects_are_mended_and_sent_again() -> None:
    record = bring(PLAIN + '24.11.2099;;;;"=HYPERLINK(""x"") tulee vasta vuonna 2099"\n')
    text = "".join(rejects_file(record)).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["Päivä", "40.13.2025", "", "24.11.2099"]
    assert rows[3][4] == '\'=HYPERLINK("x") tulee vasta vuonna 2099'
    mended = text.replace("40.13.2025", "4.11.2025").replace("24.11.2099", "24.11.2024")
    again = bring(mended, "mended.csv")
    assert numbers(again) == (3, 2, 1, 0)
    assert Interaction.objects.filter(verbatim__startswith='=HYPERLINK("x")').count() == 1


@pytest.mark.parametrize(("language", "name"), [("fi", "Kalevi: syy"), ("sv", "Kalevi: orsak")])
def test_the_column_of_reasons_is_named_in_the_readers_language(language: str, name: str) -> None:
    record = bring(PLAIN)
    with translation.override(language):
        header = next(rejects_file(record)).removeprefix("\ufeff").strip()
    assert header.split(";")[-1] == f"{name} {record.pk}"


def test_mended_rows_have_the_columns_that_were_chosen_for_them() -> None:
    made = actions.take_file(
        name="a.csv", chunks=[PLAIN.replace("Palaute", "=Muuta").encode()], actor_id=None
    )
    chosen = replace(
        Mapping.from_json(made.mapping),
        roles=("date", "ignore", "person_id", "rating", "text"),
        channel="phone",
        scale=("rating", 0.0, 10.0),
        own_words=False,
    )
    record = actions.begin(record=actions.choose(record=made, mapping=chosen, actor_id=None), actor_id=None)
    running.run(record)
    text = "".join(rejects_file(record)).replace("40.13.2025", "4.11.2025")
    again = bring(text, "mended.csv")
    assert numbers(again) == (2, 1, 1, 0)
    assert Mapping.from_json(again.mapping) == replace(chosen, mended=5)
    mended = Interaction.objects.get(verbatim__startswith="Laskussa")
    assert (mended.channel, mended.score, mended.score_high) == ("phone", 1.0, 10.0)
    assert (mended.told_by_colleague_id, mended.contact and mended.contact.name) == (0, "")


def test_mended_rows_of_another_installation_are_guessed() -> None:
    record = bring(PLAIN)
    header, rest = "".join(rejects_file(record)).removeprefix("\ufeff").split("\r\n", 1)
    other = bring("Päivä;Muuta;Palaute\n22.11.2025;;Ovi narisee vieläkin kovasti.\n")
    again = bring(f"{header.removesuffix(str(record.pk))}{other.pk}\r\n{rest}".replace("40.13", "4.11"))
    assert numbers(again) == (2, 1, 1, 0)
    assert Mapping.from_json(again.mapping).roles == ("date", "name", "email", "rating", "text")


def test_import_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"{n};Rivi numero {n} kertoo jotakin aivan omaansa\n" for n in range(1200))
    made = actions.take_file(name="a.csv", chunks=[f"id;palaute\n{rows}".encode()], actor_id=None)
    begun = actions.begin(record=made, actor_id=None)
    written: list[int] = []
    attempt = running._Writer._attempt

    def die_in_the_middle(self: running._Writer, *args: object) -> None:
        if sum(written) > 700:
            raise KeyboardInterrupt
        attempt(self, *args)  # type: ignore[arg-type]
        written.append(self._most)

    monkeypatch.setattr(running._Writer, "_attempt", die_in_the_middle)
    with pytest.raises(KeyboardInterrupt):
        running.run(begun)
    monkeypatch.undo()
    cut_short = Import.objects.get(pk=begun.pk)
    assert 0 < Interaction.objects.count() < 1200
    running.run(cut_short)
    assert numbers(Import.objects.get(pk=begun.pk)) == (1200, 1200, 0, 0)
    assert Interaction.objects.count() == 1200


def test_waiting_rows_are_understood_by_the_same_mapping() -> None:
    record = bring(PLAIN)
    row = Intake.objects.get(batch=record.pk, row=1)
    from kalevi.channels.file.interpreting import interpret

    assert [one.told[0].verbatim for one in interpret([row])] == [Interaction.objects.earliest("id").verbatim]


def test_file_that_is_no_table_is_refused_and_removed() -> None:
    for content in (b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"PK\x03\x04" + b"x" * 90):
        with pytest.raises(TableError):
            actions.take_file(name="x.csv", chunks=[content], actor_id=None)
    assert list(uploads.folder().iterdir()) == []


def test_uploads_are_private_and_forgotten_ones_are_cleaned_up() -> None:
    made = actions.take_file(name="x.csv", chunks=[PLAIN.encode()], actor_id=None)
    path = uploads.path_of(made.stored_as)
    assert (path.stat().st_mode & 0o777, uploads.folder().stat().st_mode & 0o777) == (0o600, 0o700)
    Import.objects.filter(pk=made.pk).update(made_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert (clean_up.call(), path.exists()) == (1, False)


def test_counts_must_add_up() -> None:
    record = bring(PLAIN)
    with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
        Import.objects.filter(pk=record.pk).update(stored=99)


def test_retold_words_are_never_the_customers_own() -> None:
    made = actions.take_file(name="x.csv", chunks=[PLAIN.encode()], actor_id=7)
    mapping = Mapping.from_json({**made.mapping, "own_words": False})
    actions.choose(record=made, mapping=mapping, actor_id=7)
    running.run(actions.begin(record=made, actor_id=7))
    assert set(Interaction.objects.values_list("told_by_colleague_id", flat=True)) == {7}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("airline_tweets/tweets.csv", (4000, 3990, 10, 0)),
        ("trustpilot_reviews/AEE000301011.xlsx", (105, 105, 0, 0)),
        ("trustpilot_reviews/AEA000801018.xlsx", (144, 144, 0, 0)),
        ("trustpilot_reviews/AEA006101017.xlsx", (70, 35, 35, 0)),
        ("nordic_reviews_mt/fi.csv", (3000, 3000, 0, 0)),
    ],
)
def test_real_exports(shared: Path, path: str, expected: tuple[int, int, int, int]) -> None:
    file = shared / "data" / path
    made = actions.take_upload(name=file.name, upload=uploads.keep_file(file), actor_id=None)
    record = actions.begin(record=made, actor_id=None)
    running.run(record)
    assert numbers(Import.objects.get(pk=record.pk)) == expected


def test_undoing_cut_short_is_in_the_ledger_already(
    monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path
) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    record = bring(PLAIN)
    actions.undo(record=record, actor_id=None)
    record.refresh_from_db()
    with monkeypatch.context() as patch:
        patch.setattr(undoing, "erase_intakes", None)
        with pytest.raises(TypeError):
            undoing.undo(record)
    assert [(line.kind, line.number) for line in ledger.lines()] == [("import", record.pk)]
    undoing.undo(Import.objects.get(pk=record.pk))
    assert [line.number for line in ledger.lines()] == [record.pk]
    assert Interaction.objects.filter(verbatim__isnull=False).count() == 0
