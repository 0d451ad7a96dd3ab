"""Answers as a table: one row for each who answered, one column for each thing asked, as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection

from kalevi.channels.file.escaping import escaped
from kalevi.channels.survey.models import Answer, Survey

MANY = 5_000
BYTE_ORDER_MARK = "\ufeff"
_NUMBER, _CHOICES, _WORDS = "number", "choices", "words"
# The words stand in the interaction: here they are cut out at their places.
_CUT = "substr(i.verbatim, a.words_from + 1, a.words_to - a.words_from)"
_OF = {_NUMBER: "a.value", _CHOICES: "NULLIF(a.choices, '')", _WORDS: _CUT}
_COMMON = (
    ("answered_at", "MAX(i.occurred_at)"),
    ("language", "MAX(i.language)"),
    ("expectation", "MAX(i.expectation)"),
    ("replaced", "MAX(CASE WHEN n.id IS NULL THEN 0 ELSE 1 END)"),
    ("version", "MAX(v.number)"),
)


class Column(NamedTuple):
    """One column: its name, and the SQL that picks it, with the parameters of that."""

    name: str
    sql: str
    parameters: tuple[str, ...] = ()


def columns_of(survey: Survey) -> list[Column]:
    """Return what was ever answered, by question and part, in a steady order."""
    asked = Answer.objects.filter(version__survey=survey).order_by("question", "part")
    found = [Column(name, sql) for name, sql in _COMMON]
    for question, part in asked.values_list("question", "part").distinct():
        mine = Answer.objects.filter(version__survey=survey, question=question, part=part)
        holds = {
            _NUMBER: mine.filter(value__isnull=False).exists(),
            _CHOICES: mine.exclude(choices="").exists(),
            _WORDS: mine.filter(words_from__isnull=False).exists(),
        }
        for what, is_there in holds.items():
            if is_there:
                name = f"{question}.{part}" if part else question
                ending = ".strength" if what == _NUMBER and holds[_CHOICES] else ""
                sql = f"MAX(CASE WHEN a.question = %s AND a.part = %s THEN {_OF[what]} END)"
                found.append(Column(name + ending, sql, (question, part)))
    return found


def rows_of(survey: Survey, columns: Sequence[Column]) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows in lists of thousands, oldest first; one that a newer one replaced says so."""
    versions = list(survey.versions.values_list("pk", flat=True))
    if not versions:
        return
    picked = ", ".join(column.sql for column in columns)
    places = ", ".join(["%s"] * len(versions))
    parameters = [value for column in columns for value in column.parameters]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {picked} FROM channels_survey_answer a"  # noqa: S608  our own names, and placeholders
            " JOIN interactions_interaction i ON i.id = a.interaction_id"
            " JOIN channels_survey_surveyversion v ON v.id = a.version_id"
            " LEFT JOIN interactions_interaction n ON n.older_version_id = i.id"
            f" WHERE a.version_id IN ({places}) GROUP BY a.interaction_id ORDER BY a.interaction_id",
            [*parameters, *versions],
        )
        while rows := cursor.fetchmany(MANY):
            yield rows


def as_csv(survey: Survey, separator: str = ",") -> Iterator[str]:
    """Yield a CSV in pieces; no cell begins a formula in whatever opens it."""
    columns = columns_of(survey)
    line = io.StringIO(newline="")
    writer = csv.writer(line, delimiter=separator, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    yield BYTE_ORDER_MARK + _taken(line)
    for rows in rows_of(survey, columns):
        writer.writerows(
            [escaped(cell) if isinstance(cell, str) and cell[:1] in _SUSPECT else cell for cell in row]
            for row in rows
        )
        yield _taken(line)


_SUSPECT = frozenset("=+-@\t\r'")


def _taken(line: io.StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text
