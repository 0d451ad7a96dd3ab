"""Files made to break a reader: each must read, report rows, or be refused as a whole with a reason."""

import io
import random
import zipfile

import openpyxl

from kalevi.tables import (
    REJECT_REASONS,
    TABLE_REASONS,
    RejectedRow,
    TableError,
    guess_columns,
    open_table,
)

PIECES = [
    "hyvä palvelu", "ä", '"', '""', '"""', ",", ";", "\t", "|", "\n", "\r", "\r\n", "\x00", "\ud800",
    "\udfff", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\ufeff", "\u200e", "😡",
    "=cmd|' /C calc'!A0", "'", "\\", '\\"', "{", "}", "[", "]", '{"text": "x"}', "null", "NaN", "1" * 5000,
    "-1", "1e999", "22.11.2026 klo 9.05", " ", "\u00a0", "x" * 3000, "<b>", "&amp;", "%s", "{0}", "../../etc",
    "$(id)", "e\u0301" * 50, "\x1b[31m", "text", "sep=;",
]  # fmt: skip
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
]


def hostile(seed: int) -> bytes:
    rng = random.Random(seed)
    if seed % 8 == 0:
        return rng.randbytes(rng.randint(1, 3000))
    if seed % 8 == 1:
        return damaged_workbook(rng)
    text = "".join(rng.choices(PIECES, k=rng.randint(1, 400)))
    if rng.random() < 0.6:
        text = (
            rng.choice(
                [
                    "id,text\n",
                    "text\n",
                    "id;palaute\r\n",
                    '{"text": "a"}\n',
                    "[",
                    "a\tb\n",
                ]
            )
            + text
        )
    encoding = "utf-8" if seed % 8 == 7 else rng.choice(ENCODINGS)
    keeps = encoding != "cp1252" and rng.random() < 0.5
    data = text.encode(encoding, "surrogatepass" if keeps else "replace")
    if rng.random() < 0.5:
        at = rng.randrange(len(data))
        data = data[:at] + rng.randbytes(rng.randint(0, 4)) + data[at + rng.randint(0, 3) :]
    return data


def damaged_workbook(rng: random.Random) -> bytes:
    book = openpyxl.Workbook()
    for _ in range(rng.randint(0, 20)):
        cells = rng.choices(PIECES, k=rng.randint(0, 5))
        book.active.append(
            [
                openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", c).encode("utf-8", "replace").decode()
                for c in cells
            ]
        )
    out = io.BytesIO()
    book.save(out)
    if rng.random() < 0.5:
        return bytes_changed(rng, out.getvalue())
    again = io.BytesIO()
    with zipfile.ZipFile(out) as good, zipfile.ZipFile(again, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, bytes_changed(rng, data) if rng.random() < 0.3 else data)
    return again.getvalue()


def bytes_changed(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 20)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed[: rng.randint(1, len(changed))] if rng.random() < 0.3 else changed)


def test_four_hundred_hostile_files() -> None:
    read, refused = 0, []
    for seed in range(400):
        data = hostile(seed)
        try:
            with open_table(io.BytesIO(data)) as table:
                guess = guess_columns(
                    table.header,
                    [r.cells for r in table.head(50) if not isinstance(r, RejectedRow)],
                )
                rows = list(table)
        except TableError as error:
            refused.append(error.reason)
            continue
        read += 1
        assert [row.number for row in rows] == list(range(1, len(rows) + 1)), seed
        assert all(row.reason in REJECT_REASONS for row in rows if isinstance(row, RejectedRow)), seed
        assert all(len(row.cells) >= len(table.header) for row in rows if not isinstance(row, RejectedRow)), (
            seed
        )
        assert all(0 <= found.index < len(table.header) for found in guess.roles.values()), seed
    assert set(refused) <= set(TABLE_REASONS)
    assert (read > 200, len(refused) > 20) == (True, True)
