"""Five hundred hostile files: each is read or reported, and the counts add up."""

import codecs
import json
import random
from pathlib import Path

import pytest

from kalevi.channels.file import actions, running
from kalevi.channels.file.models import Import
from kalevi.interactions.models import Intake, Interaction
from kalevi.tables import TableError
from kalevi.text.listed import Listed
from kalevi.text.reading import Model

FILES, GROUPS = 500, 10
WORDS = (
    *("kiitos", "huono", "palvelu", "😡", "”hyvä”", "naïve", "\u202e\u200d", "\x00", "\ud83d"),
    *("=SUM(A1)", "'", '"', ";", ",", "\t", "tack", "dålig", "\x1b[31m", "<b>", "1e309"),
)
DATES = (
    "22.11.2025 klo 9.05",
    "2025-02-30",
    "1.1.0001",
    "9999-12-31",
    "31.12.2199",
    "0000-00-00",
    "1732266300",
    "2/23/2015 13:44",
    "",
    "eilen",
    "2025-11-22T09:05:00+99:00",
    "1799-12-31",
    "2025-03-30 03:30",
)
HEADERS = (
    ["id", "date", "rating", "palaute", "email"],
    ["Aikaleima", "Mikä meni hyvin?", "Mikä huonosti?"],
    [
        "Review ID",
        "Review Title",
        "Review Text",
        "Rating",
        "Review Time",
        "Reply Text",
        "Consumer ID",
        "Consumer Name",
    ],
    ["ticket_id", "requester_id", "score", "comment", "created_at"],
    ["", "", ""],
    ["text"],
    ["a"] * 300,
    ["Kalevi: syy", "palaute"],
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32", "latin-1")


class QuickReader:
    """Reads nothing: this test is about files, and words are tested elsewhere."""

    model = Model("quick", "1")

    def listed(self, texts: list[str], said_at: object = None) -> Listed:
        return Listed.of(len(texts))


def cell(chance: random.Random) -> str:
    kind = chance.randrange(12)
    if kind == 0:
        return chance.choice(DATES)
    if kind == 1:
        return str(chance.choice((5, -1, 4.5, "4,5", "5 tähteä", "8/10", "∞", "9" * 400)))
    if kind == 2:
        return chance.choice(("a@example.fi", "@", "a" * 300 + "@x.fi", "A@EXAMPLE.FI "))
    if kind == 3 and chance.random() < 0.004:
        return "sana " * 200_000
    return " ".join(chance.choice(WORDS) for _ in range(chance.randrange(14)))


def table(chance: random.Random) -> bytes:
    header = chance.choice(HEADERS)
    separator = chance.choice(",;\t|")
    quoted = chance.random() < 0.7
    lines = [separator.join(header)] if chance.random() < 0.9 else []
    for _ in range(chance.randrange(25)):
        cells = [cell(chance) for _ in range(max(0, len(header) + chance.choice((0, 0, 0, -1, 3))))][:40]
        if quoted:
            cells = ['"' + one.replace('"', '""') + '"' for one in cells]
        lines.append(separator.join(cells))
    text = chance.choice(("\n", "\r\n", "\r")).join(lines)
    return text.encode(chance.choice(ENCODINGS), "replace")


def objects(chance: random.Random) -> bytes:
    lines = []
    for _ in range(chance.randrange(20)):
        value: object = chance.choice(
            (
                {
                    "palaute": cell(chance),
                    "date": chance.choice(DATES),
                    "rating": chance.choice((5, None, [], {"x": 1})),
                },
                [cell(chance)],
                cell(chance),
                None,
                10**400,
            )
        )
        lines.append(json.dumps(value)[: chance.choice((10_000_000, 10_000_000, 20))])
    return "\n".join(lines).encode()


def damaged(chance: random.Random, data: bytes) -> bytes:
    how = chance.randrange(6)
    if how == 0:
        return data[: chance.randrange(len(data) + 1)]
    if how == 1:
        where = chance.randrange(len(data) + 1)
        return data[:where] + chance.randbytes(chance.randrange(1, 60)) + data[where:]
    if how == 2:
        return data.replace(b'"', b"", 3)
    if how == 3:
        return (
            chance.choice((codecs.BOM_UTF16_BE, codecs.BOM_UTF8, b"PK\x03\x04", b"%PDF-1.4", b"\x00" * 50))
            + data
        )
    return data


def hostile(seed: int) -> tuple[str, bytes]:
    chance = random.Random(seed)
    if chance.random() < 0.05:
        return "noise.csv", chance.randbytes(chance.randrange(3000))
    if chance.random() < 0.2:
        return "a.jsonl", damaged(chance, objects(chance))
    return chance.choice(("a.csv", "a.txt", "\x00.csv", "../a.csv")), damaged(chance, table(chance))


@pytest.mark.django_db
@pytest.mark.parametrize("group", range(GROUPS))
def test_hostile_files_are_read_or_reported(
    group: int, settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    monkeypatch.setattr(running, "reader", QuickReader)
    refused = 0
    for seed in range(group, FILES, GROUPS):
        name, content = hostile(seed)
        try:
            made = actions.take_file(name=name, chunks=[content], actor_id=None)
        except TableError:
            refused += 1
            continue
        running.run(actions.begin(record=made, actor_id=None))
        record = Import.objects.get(pk=made.pk)
        kept = Intake.objects.filter(batch=record.pk)
        assert record.state == Import.State.DONE, seed
        assert record.rows == record.stored + record.known + record.rejected
        assert kept.filter(state=Intake.State.REJECTED).count() == record.rejected
        assert kept.filter(state=Intake.State.UNDERSTOOD).count() == record.stored
        assert kept.filter(state=Intake.State.WAITING).count() == 0
        told = Interaction.objects.filter(intake__batch=record.pk, answers__isnull=True)
        assert told.count() == record.stored
    assert refused < FILES // GROUPS
