"""Answers as a table: one row for each who answered, one column for each thing asked; as CSV and Parquet."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from kalevi.channels.file.escaping import escaped
from kalevi.channels.survey.definition import Question
from kalevi.channels.survey.kinds import HOT_PARTS, Kind
from kalevi.channels.survey.models import Answer, Survey
from kalevi.channels.survey.raw import SOURCE
from kalevi.interactions.models import Interaction
from kalevi.summaries.parquet import quoted, to_parquet

MANY = 5_000
BYTE_ORDER_MARK = "\ufeff"
_LONGEST_ROW = 8 * 1024 * 1024
_VALUE, _CHOICES = "a.value", "NULLIF(a.choices, '')"
# The words stand in the interaction: here they are cut out at their places.
_WORDS = "substr(i.verbatim, a.words_from + 1, a.words_to - a.words_from)"
_COMMON = ("answered_at", "language", "version", "replaced")
_SUSPECT = frozenset("=+-@\t\r'")
_QUOTE, _TWO_QUOTES = '"', '""'


class Column(NamedTuple):
    """One column: its name, and the SQL that picks it for one question and part."""

    name: str
    sql: str
    parameters: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it holds whole numbers; the others hold text."""
        return _VALUE in self.sql


def columns_of(survey: Survey) -> list[Column]:
    """Return what any version asked, in the order it was asked."""
    found: dict[str, Column] = {}
    for version in survey.versions.order_by("-number"):
        for question in version.asks().questions:
            for one in _columns(question):
                if one.name in _COMMON:
                    one = one._replace(name=f"answer.{one.name}")
                found.setdefault(one.name, one)
    return list(found.values())


def _columns(question: Question) -> Iterator[Column]:
    key = question.key
    if question.scale:
        yield _picked(key, "", _VALUE)
        yield _picked(key, "why", _WORDS)
    elif question.kind is Kind.WORDS:
        yield _picked(key, "", _WORDS)
    elif question.kind is Kind.HOT:
        for part in ("", *HOT_PARTS):
            yield _picked(key, part, _WORDS)
    else:
        yield _picked(key, "", _CHOICES)
    if question.kind is Kind.EXPECTATION:
        yield Column(f"{key}.words", "MIN(i.expectation)")
    elif question.kind is Kind.FEELING:
        yield _picked(key, "", _VALUE, ".strength")
        own = "(SELECT words FROM interactions_selffeeling f WHERE f.interaction_id = i.id AND f.id = (SELECT"
        own += " MAX(id) FROM interactions_selffeeling WHERE interaction_id = i.id))"
        yield _picked(key, "own", own)


def _picked(key: str, part: str, sql: str, ending: str = "") -> Column:
    name = f"{key}.{part}" if part else key
    return Column(
        name + ending, f"MAX(CASE WHEN a.question = %s AND a.part = %s THEN {sql} END)", (key, part)
    )


def _cells_of(survey: Survey, columns: Sequence[Column]) -> Iterator[list[Iterable[Any]]]:
    """Yield the cells of thousands of rows, column by column, oldest first.

    One that a newer one replaced says so. Whole columns take a third of the time that rows take.
    """
    numbers = dict(survey.versions.values_list("pk", "number"))
    if not numbers:
        return
    again = Interaction.objects.filter(source=SOURCE, older_version__isnull=False)
    replaced = set(again.values_list("older_version_id", flat=True))
    picked = "".join(f", {column.sql}" for column in columns)
    places = ", ".join(["%s"] * len(numbers))
    # SQLite walks the index of this very column and sorts nothing; PostgreSQL wants the other's key named.
    at, each = "substr(i.occurred_at, 1, 19)", "a.interaction_id"
    if connection.vendor == "postgresql":
        at = "to_char(i.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')"
        each += ", i.id"
    parameters = [value for column in columns for value in column.parameters]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT a.interaction_id, {at}, i.language, MIN(a.version_id){picked}"  # noqa: S608  our own names
            " FROM channels_survey_answer a CROSS JOIN interactions_interaction i"
            f" WHERE i.id = a.interaction_id AND {_by(numbers)} IN ({places})"
            f" GROUP BY {each} ORDER BY a.interaction_id",
            [*parameters, *numbers],
        )
        while rows := cursor.fetchmany(MANY):
            ids, said_at, languages, versions, *rest = zip(*rows, strict=True)
            old = [int(number in replaced) for number in ids]
            yield [said_at, languages, map(numbers.__getitem__, versions), old, *rest]


def _by(versions: Collection[int]) -> str:
    """Return the column of versions: with a plus, SQLite walks all answers in their order and sorts none.

    Where most answers are of another survey, finding these and sorting them is quicker.
    """
    mine = Answer.objects.filter(version_id__in=versions).count()
    last = Answer.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return "+a.version_id" if mine * 8 > last else "a.version_id"


def as_csv(survey: Survey, separator: str = ",") -> Iterator[str]:
    """Yield a CSV in pieces; no cell begins a formula in whatever opens it."""
    columns = columns_of(survey)
    names = [*_COMMON, *(column.name for column in columns)]
    yield f"{BYTE_ORDER_MARK}{separator.join(map(_harmless, names))}\r\n"
    yield from _table(survey, columns, separator, _harmless)


def _table(
    survey: Survey, columns: Sequence[Column], separator: str, written: Callable[[str | None], str]
) -> Iterator[str]:
    """Yield the rows in pieces."""
    writers: list[Callable[[Any], str]] = [written, written, str, str]
    writers += [_number if column.is_number else written for column in columns]
    for cells in _cells_of(survey, columns):
        texts = [map(write, column) for write, column in zip(writers, cells, strict=True)]
        yield "".join([f"{separator.join(row)}\r\n" for row in zip(*texts, strict=True)])


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _harmless(text: str | None) -> str:
    return _plain(escaped(text) if text and text[0] in _SUSPECT else text)


def _plain(text: str | None) -> str:
    return f'"{text.replace(_QUOTE, _TWO_QUOTES)}"' if text else ""


def as_parquet(survey: Survey, folder: str) -> str:
    """Write a Parquet file into a folder; return its path. Cells stay as told: Parquet has no formulas."""
    columns = columns_of(survey)
    kinds = ["TIMESTAMP", "VARCHAR", "INTEGER", "BOOLEAN"]
    kinds += ["INTEGER" if column.is_number else "VARCHAR" for column in columns]
    path = os.path.join(folder, "rows.csv")
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(_table(survey, columns, ",", _plain))
    named = ", ".join(
        f"'{quoted(name)}': '{kind}'"
        for name, kind in zip([*_COMMON, *(column.name for column in columns)], kinds, strict=True)
    )
    return to_parquet(
        f"SELECT * FROM read_csv('{quoted(path)}', auto_detect = false, header = false, delim = ',',"  # noqa: S608
        f" quote = '\"', escape = '\"', nullstr = '', max_line_size = {_LONGEST_ROW}, columns = {{{named}}})",
        folder=folder,
    )
