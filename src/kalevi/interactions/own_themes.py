"""Which words carry the company's own themes.

This is looked for in the words themselves, when they are stored and when they are shown: a reading holds
only what the model read. So a changed theme holds for all words alike, and no reading is ever touched.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection

from kalevi.interactions.findings import code, own_key
from kalevi.interactions.own_theme_models import OwnTheme
from kalevi.text.own_themes import OwnThemes
from kalevi.text.reading import Theme

logger = logging.getLogger(__name__)
_STAMP = "SELECT stamp FROM interactions_ownthemestate WHERE id = 1"


@dataclass(frozen=True)
class Known:
    """The own themes as they stand under a stamp: names of all by number, seeds of those in use."""

    stamp: str = ""
    themes: Sequence[OwnTheme] = ()
    seeds: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @cached_property
    def _finder(self) -> OwnThemes:
        return OwnThemes(self.seeds)

    def of(self, texts: Sequence[str]) -> list[tuple[Theme, ...]]:
        """Return the own themes of each text; a text that cannot be looked through has none."""
        if not self.seeds:
            return [()] * len(texts)
        try:
            return self._finder.of(texts)
        except Exception as error:
            # Words are kept whatever becomes of their themes. The text of the error may quote them.
            logger.warning("own themes: texts could not be looked through: %s", type(error).__name__)
            return [()] * len(texts) if len(texts) == 1 else [self.of([text])[0] for text in texts]

    def name(self, key: str) -> str:
        """Return the name of an own theme in the reader's language, retired ones too; else nothing."""
        return next((theme.name for theme in self.themes if theme.key == key), "")


_loaded = Known()


def known_themes() -> Known:
    """Return the own themes as they stand now: one small query, and another when they have changed."""
    return _known(_STAMP)


def themes_for_storing() -> Known:
    """Return the same within the transaction that stores words.

    Whoever changes a theme waits until that transaction has ended, so that looking through older words
    comes after these. SQLite has one writer anyway.
    """
    return _known(f"{_STAMP} FOR SHARE" if connection.vendor == "postgresql" else _STAMP)


def _known(asking: str) -> Known:
    global _loaded  # one value for the process; threads at worst load it twice
    with connection.cursor() as cursor:
        cursor.execute(asking)
        row = cursor.fetchone()
    stamp = row[0] if row else ""
    if stamp == "":
        return _NONE
    known = _loaded
    if known.stamp != stamp:
        themes = tuple(OwnTheme.objects.order_by("number"))
        known = Known(stamp, themes, {theme.key: theme.words for theme in themes if theme.active})
        _loaded = known
    return known


_NONE = Known()


def found_in(known: Known, said: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Return (code, interaction) of every own theme in what was said: (interaction, words) each."""
    rows = list(said)
    carried = known.of([words for _number, words in rows])
    return [
        (code("theme", theme.key), number)
        for (number, _words), themes in zip(rows, carried, strict=True)
        for theme in themes
    ]


def own_codes() -> list[int]:
    """Return the numbers of all own themes there have ever been, for whoever takes findings out."""
    numbers = OwnTheme.objects.values_list("number", flat=True)
    return [code("theme", own_key(number)) for number in numbers]
