"""Answers as a table: one row for each who answered, one column for each thing asked, as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from kalevi.channels.file.escaping import escaped
from kalevi.channels.survey.definition import Question
from kalevi.channels.survey.kinds import HOT_PARTS, Kind
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.raw import SOURCE
from kalevi.interactions.models import Interaction

MANY = 5_000
BYTE_ORDER_MARK = "\ufeff"
_VALUE, _CHOICES = "a.value", "NULLIF(a.choices, '')"
# The words stand in the interaction: here they are cut out at their places.
_WORDS = "substr(i.verbatim, a.words_from + 1, a.words_to - a.words_from)"
_COMMON = ("answered_at", "language", "version", "replaced")
_SUSPECT = frozenset("=+-@\t\r'")


class Column(NamedTuple):
    """One column: its name, and the SQL that picks it for one question and part."""

    name: str
    sql: str
    parameters: tuple[str, ...] = ()


def columns_of(survey: Survey) -> list[Column]:
    """Return what any version asked, in the order it was asked."""
    found: dict[str, Column] = {}
    for version in survey.versions.order_by("-number"):
        for question in version.asks().questions:
            found |= {one.name: one for one in _columns(question) if one.name not in found}
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


def rows_of(survey: Survey, columns: Sequence[Column]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows in lists of thousands, oldest first; one that a newer one replaced says so."""
    numbers = dict(survey.versions.values_list("pk", "number"))
    if not numbers:
        return
    again = Interaction.objects.filter(source=SOURCE, older_version__isnull=False)
    replaced = set(again.values_list("older_version_id", flat=True))
    picked = "".join(f", {column.sql}" for column in columns)
    places = ", ".join(["%s"] * len(numbers))
    parameters = [value for column in columns for value in column.parameters]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT i.id, i.occurred_at, i.language, MIN(a.version_id){picked}"  # noqa: S608  our own names
            " FROM channels_survey_answer a JOIN interactions_interaction i ON i.id = a.interaction_id"
            f" WHERE a.version_id IN ({places}) GROUP BY i.id ORDER BY i.id",
            [*parameters, *numbers],
        )
        while rows := cursor.fetchmany(MANY):
            yield [
                (str(at)[:19], language, numbers[version], int(number in replaced), *rest)
                for number, at, language, version, *rest in rows
            ]


def as_csv(survey: Survey, separator: str = ",") -> Iterator[str]:
    """Yield a CSV in pieces; no cell begins a formula in whatever opens it."""
    columns = columns_of(survey)
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=separator, lineterminator="\r\n")
    writer.writerow([*_COMMON, *(column.name for column in columns)])
    yield BYTE_ORDER_MARK + _taken(line)
    texts = [len(_COMMON) + n for n, column in enumerate(columns) if _VALUE not in column.sql]
    for rows in rows_of(survey, columns):
        writer.writerows([_harmless(row, texts) for row in rows])
        yield _taken(line)


def _harmless(row: tuple[Any, ...], texts: Sequence[int]) -> Sequence[Any]:
    for place in texts:
        cell = row[place]
        if cell and cell[0] in _SUSPECT:
            return [escaped(one) if isinstance(one, str) else one for one in row]
    return row


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
