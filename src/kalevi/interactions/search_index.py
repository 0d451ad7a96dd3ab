"""The full-text index: keys of words, none of the words, in each database's own way.

FTS5 takes a row out only when it is given the very keys it was put in with. So the index remembers by
which rules its keys were made, and is made anew when they have changed.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from django.db import connection, transaction

from kalevi.interactions.models import Interaction, Reading, SearchState
from kalevi.text.stems import search_keys

# A tsvector holds at most 1 MB; more different words than this come from no person's pen.
MOST_KEYS = 4_000
_BATCH = 2_000


def keys(text: str, language: str) -> str:
    """Return the keys of a text as one string: what is stored, and what erases it again."""
    found = search_keys(text, language)
    return " ".join(found if len(found) <= MOST_KEYS else sorted(found)[:MOST_KEYS])


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
    """Take interactions out of the index: (id, keys) each, while their words still stand."""
    ensure_current()
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
                "INSERT INTO interactions_search (interactions_search, rowid, keys)"
                " VALUES ('delete', %s, %s)",
                rows,
            )


@cache
def rules() -> str:
    """Return what tells one way of making keys from another: a digest of all that makes them."""
    maker = hashlib.blake2b(str(MOST_KEYS).encode(), digest_size=16)
    text = files("kalevi.text")
    for part in (text / "stems.py", *sorted((text / "stemming").iterdir(), key=_name)):
        if part.is_file() and part.name.endswith((".py", ".tsv")):
            maker.update(part.name.encode() + part.read_bytes())
    return maker.hexdigest()


def _name(part: Traversable) -> str:
    return part.name


def ensure_current() -> bool:
    """Make the index anew when its keys were made by other rules; return whether it was."""
    state = SearchState.objects.filter(pk=1).first()
    if state is not None and state.rules == rules():
        return False
    with transaction.atomic():
        rebuild()
        SearchState.objects.update_or_create(pk=1, defaults={"rules": rules()})
    return True


def rebuild() -> int:
    """Make the whole index anew from the words; return how many interactions are in it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM interactions_search")
        else:
            cursor.execute("INSERT INTO interactions_search (interactions_search) VALUES ('delete-all')")
    last, indexed = None, 0
    while batch := _words_after(last):
        languages = first_languages([number for number, _words, _told in batch])
        add([(number, keys(words, languages.get(number) or told or "und")) for number, words, told in batch])
        last, indexed = batch[-1][0], indexed + len(batch)
    return indexed


def first_languages(ids: Sequence[int]) -> dict[int, str]:
    """Return the language in which each interaction was first read: the one its keys were made in."""
    readings = Reading.objects.filter(interaction_id__in=ids).order_by("-pk")
    return dict(readings.values_list("interaction_id", "language"))


def _words_after(last: int | None) -> list[tuple[int, str, str]]:
    rows = Interaction.objects.filter(verbatim__isnull=False).order_by("pk")
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return [
        (number, words or "", told)
        for number, words, told in rows.values_list("pk", "verbatim", "language")[:_BATCH]
    ]
