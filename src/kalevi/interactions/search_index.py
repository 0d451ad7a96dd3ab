"""The full-text index: keys of words, none of the words, in each database's own way."""

from collections.abc import Sequence

from django.db import connection

from kalevi.text.stems import search_keys

# A tsvector holds at most 1 MB; more different words than this come from no person's pen.
MOST_KEYS = 4_000


def keys(text: str, language: str) -> str:
    """Return the keys of a text as one string: what is stored, and what erases it again."""
    return " ".join(sorted(set(search_keys(text, language)))[:MOST_KEYS])


def add(entries: Sequence[tuple[int, str]]) -> None:
    """Index interactions: (id, keys) each."""
    rows = [(number, words) for number, words in entries if words]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "INSERT INTO interactions_search (interaction_id, keys)"
                " VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))",
                rows,
            )
        else:
            cursor.executemany("INSERT INTO interactions_search (rowid, keys) VALUES (%s, %s)", rows)


def remove(entries: Sequence[tuple[int, str]]) -> None:
    """Take interactions out of the index: (id, keys as they were added) each."""
    rows = [(number, words) for number, words in entries if words]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(
                "DELETE FROM interactions_search WHERE interaction_id = %s", [row[:1] for row in rows]
            )
        else:
            # Only the same keys once more make FTS5 forget a row of a table without content.
            cursor.executemany(
                "INSERT INTO interactions_search (interactions_search, rowid, keys) VALUES ('delete', %s, %s)",
                rows,
            )
