"""The words somebody searches for, as a list of ids: every word must be there, in any of its forms."""

from django.db import connection

from kalevi.interactions.queries.walking import Listing
from kalevi.text.stems import search_words

MOST_WORDS = 12


def searched(words: str) -> Listing | None:
    """Return the list of interactions that hold every word; None when there is no word to search for.

    The language of a few words is anybody's guess: each may be of any of the three.
    """
    groups = [keys for keys in search_words(words, "und") if keys][:MOST_WORDS]
    if not groups:
        return None
    if connection.vendor == "postgresql":
        query = " & ".join("(" + " | ".join(_quoted(key, "'") for key in keys) + ")" for keys in groups)
        return Listing("interactions_search", "interaction_id", "{0}.keys @@ %s::tsquery", (query,))
    query = " AND ".join("(" + " OR ".join(_quoted(key, '"') for key in keys) + ")" for keys in groups)
    return Listing("interactions_search", "rowid", "{0}.interactions_search MATCH %s", (query,))


def _quoted(key: str, mark: str) -> str:
    escaped = key.replace("\\", "\\\\") if mark == "'" else key
    return mark + escaped.replace(mark, mark * 2) + mark
