"""`kalevi read FILE`: reads every comment of a file and shows what customers feel, need and dream of."""

import argparse
import io
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, BinaryIO

from kalevi.commands.output import CannotWriteError, output_to
from kalevi.commands.own_themes import UnreadableThemesError, themes_from
from kalevi.commands.progress import Progress
from kalevi.summaries.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from kalevi.summaries.tally import Tally
    from kalevi.tables import RejectedRow, Row, Table
    from kalevi.text import Reader

HELP = {language: Wording(language).say("read.help") for language in LANGUAGES}
FORMATS = ("table", "jsonl", "csv", "parquet", "html", "pdf")
BATCH_ROWS = 512
BATCH_CHARACTERS = 2_000_000


class RefusedError(Exception):
    """Something the user can mend: a key under `error` in the texts, and its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The arguments of `kalevi read`."""
    say = Wording(language).say
    parser.description, parser.epilog = say("read.description"), say("read.epilog")
    parser.add_argument("file", metavar="FILE", help=say("read.file"))
    parser.add_argument(
        "--format", choices=FORMATS, default="table", metavar="|".join(FORMATS), help=say("read.format")
    )
    parser.add_argument("--out", metavar="PATH", help=say("read.out"))
    parser.add_argument("--column", metavar="NAME", help=say("read.column"))
    parser.add_argument("--themes", metavar="FILE", help=say("read.themes"))
    parser.add_argument("--scores", action="store_true", help=say("read.scores"))
    parser.add_argument("--encoding", metavar="NAME", help=say("read.encoding"))
    parser.add_argument("--separator", metavar="CHARACTER", help=say("read.separator"))
    parser.add_argument("--sheet", metavar="NAME", help=say("read.sheet"))


def run(options: argparse.Namespace) -> int:
    """Read the file and write the result. Exit code 0, or 2 with a sentence on stderr."""
    from kalevi.tables import TableError

    wording = Wording.of(options.lang)
    try:
        return _read(options, wording)
    except TableError as error:
        return complain(wording, error.reason, **error.details)
    except RefusedError as refused:
        return complain(wording, refused.key, **refused.values)
    except CannotWriteError as error:
        return complain(wording, "cannot_write", path=error.path)


def complain(wording: Wording, key: str, **values: object) -> int:
    """Say on stderr what is wrong and what to do; returns exit code 2."""
    shown = {
        name: ", ".join(value[:12]) if isinstance(value, list) else value for name, value in values.items()
    }
    sentence = wording.say(f"error.{key}", **shown)
    print("".join(c if c.isprintable() else "\ufffd" for c in sentence), file=sys.stderr)
    return 2


def _read(options: argparse.Namespace, wording: Wording) -> int:
    from kalevi.tables import open_table
    from kalevi.text import Reader

    try:
        themes = themes_from(options.themes) if options.themes else None
    except UnreadableThemesError as error:
        raise RefusedError(error.key, path=options.themes, line=error.line) from error
    kind, out = options.format, options.out
    if kind in ("pdf", "parquet") and not out and sys.stdout.isatty():
        raise RefusedError("needs_out", format=kind)
    if out and os.path.exists(out) and os.path.exists(options.file) and os.path.samefile(out, options.file):
        raise RefusedError("same_file", path=out)
    with open_table(
        options.file,
        encoding=options.encoding,
        separator={"\\t": "\t", "tab": "\t"}.get(options.separator, options.separator),
        sheet=options.sheet,
    ) as table:
        column = text_column(table, options.column)
        with output_to(out) as target, Progress(wording.say("terminal.progress"), table.progress) as progress:
            if kind in ("table", "html", "pdf"):
                tally = _tallied(table, column, Reader(themes), progress)
                progress.stop()
                _show(tally, options, wording, target, table.header[column])
            else:
                _write_rows(table, column, Reader(themes), progress, target, options)
    if out:
        print(wording.say("terminal.written", path=out), file=sys.stderr)
    return 0


def text_column(table: "Table", named: str | None) -> int:
    """The 0-based column of the customers' words: the one named, else the likeliest.

    Raises TableError (`no_such_column`) or RefusedError (`no_text_column`).
    """
    from kalevi.tables import RejectedRow, guess_columns

    if named is not None:
        return table.column(named)
    sample = [row.cells for row in table.head(300) if not isinstance(row, RejectedRow)]
    found = guess_columns(table.header, sample).index("text")
    if found is not None:
        return found
    if len(table.header) == 1:
        return 0
    raise RefusedError("no_text_column", path=table.name, columns=list(table.header))


def batches(rows: Iterator["Row | RejectedRow"], column: int) -> Iterator[list[tuple[int, str, str]]]:
    """Lists of (row number, text, why it was rejected or ""), bounded in rows and characters."""
    from kalevi.tables import RejectedRow

    batch: list[tuple[int, str, str]] = []
    size = 0
    for row in rows:
        if isinstance(row, RejectedRow):
            batch.append((row.number, "", row.reason))
        else:
            text = row.cells[column]
            batch.append((row.number, text, ""))
            size += len(text)
        if len(batch) == BATCH_ROWS or size > BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _tallied(table: "Table", column: int, reader: "Reader", progress: Progress) -> "Tally":
    from kalevi.summaries.tally import Tally

    tally = Tally()
    for batch in batches(table.rows(), column):
        readings = reader.read([text for _, text, _ in batch])
        for (row, _, rejected), reading in zip(batch, readings, strict=True):
            if rejected:
                tally.reject(row, rejected)
            else:
                tally.add(row, reading)
        progress.show(batch[-1][0])
    return tally


def _write_rows(
    table: "Table",
    column: int,
    reader: "Reader",
    progress: Progress,
    out: BinaryIO,
    options: argparse.Namespace,
) -> None:
    from kalevi.summaries.objects import plain
    from kalevi.summaries.writers import WRITERS

    writer = WRITERS[options.format](out)
    for batch in batches(table.rows(), column):
        readings = reader.read([text for _, text, _ in batch])
        for (row, _, rejected), reading in zip(batch, readings, strict=True):
            writer.add(plain(row, reading, scores=options.scores, rejected=rejected))
        progress.show(batch[-1][0])
    writer.finish()


def today() -> date:
    """The date where the reader is."""
    return datetime.now().astimezone().date()


def _show(tally: "Tally", options: argparse.Namespace, wording: Wording, out: BinaryIO, column: str) -> None:
    from kalevi.summaries.document import NotMadeError, document
    from kalevi.summaries.findings import findings_of
    from kalevi.summaries.page import page

    findings, name = findings_of(tally, wording.language), os.path.basename(options.file)
    if options.format == "html":
        out.write(page(findings, wording, name, made_on=today()).encode("utf-8", "replace"))
    elif options.format == "pdf":
        try:
            out.write(document(findings, wording, name, made_on=today()))
        except NotMadeError as error:
            raise RefusedError("no_pdf") from error
    else:
        _print(tally, options, wording, out, column)


def _print(tally: "Tally", options: argparse.Namespace, wording: Wording, out: BinaryIO, column: str) -> None:
    from rich.console import Console

    from kalevi.summaries.findings import findings_of
    from kalevi.summaries.terminal import print_summary

    screen = not options.out and sys.stdout.isatty()
    text = io.TextIOWrapper(out, "utf-8", errors="replace", newline="\n", write_through=True)
    console = Console(file=text, width=None if screen else 100, no_color=not screen, soft_wrap=False)
    print_summary(console, findings_of(tally, wording.language), wording, os.path.basename(options.file))
    if screen:
        hint = wording.say("terminal.report_hint", file=options.file)
        console.print(
            f"{wording.say('terminal.column', column=column)}\n{hint}\n",
            style="dim",
            markup=False,
            highlight=False,
        )
    text.detach()
