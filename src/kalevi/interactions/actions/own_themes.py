"""Making, changing and retiring the company's own themes."""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.interactions.findings import MOST_OWN
from kalevi.interactions.own_theme_models import ALL_OLDER, OwnTheme, OwnThemeState
from kalevi.interactions.tasks import look_through_older_words

MOST_IN_USE = 60


class TooManyThemesError(Exception):
    """As many themes are in use as there may be, or were ever made."""


@transaction.atomic
def store_theme(
    *, theme: OwnTheme | None, names: Mapping[str, str], seeds: Sequence[str], actor_id: int
) -> OwnTheme:
    """Store a theme, a new one for None: language -> name, and the words that carry it.

    New words are found by it from now on; older ones by a job. Raises TooManyThemesError.
    """
    _change()
    now = timezone.now()
    stored = theme or OwnTheme(number=_next_number(), made_by_id=actor_id, made_at=now)
    written = "\n".join(seeds)
    if stored.seeds != written:
        stored.seeds, stored.read_below = written, ALL_OLDER
    for language in ("fi", "sv", "en"):
        setattr(stored, f"name_{language}", names.get(language, ""))
    stored.changed_at = now
    stored.save(force_insert=theme is None)
    record(action="interactions.store_theme", actor_id=actor_id, subject=f"theme:{stored.number}")
    if stored.active and stored.read_below is not None:
        look_through_older_words.enqueue()
    return stored


@transaction.atomic
def retire_theme(*, theme: OwnTheme, actor_id: int) -> None:
    """Look for a theme no more; its name stays with its number."""
    _change()
    theme.active, theme.changed_at = False, timezone.now()
    theme.save(update_fields=["active", "changed_at"])
    record(action="interactions.retire_theme", actor_id=actor_id, subject=f"theme:{theme.number}")


@transaction.atomic
def use_theme_again(*, theme: OwnTheme, actor_id: int) -> None:
    """Look for a retired theme again, and for what was said meanwhile. Raises TooManyThemesError."""
    _change()
    if not theme.active:
        _refuse_too_many()
    theme.active, theme.changed_at, theme.read_below = True, timezone.now(), ALL_OLDER
    theme.save(update_fields=["active", "changed_at", "read_below"])
    record(action="interactions.use_theme_again", actor_id=actor_id, subject=f"theme:{theme.number}")
    look_through_older_words.enqueue()


def _change() -> None:
    """Give the themes a new stamp; waits for those who are storing words by the older one."""
    OwnThemeState.objects.select_for_update().filter(pk=1).first()
    OwnThemeState.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4().hex})


def _next_number() -> int:
    _refuse_too_many()
    last: int = OwnTheme.objects.aggregate(last=Max("number"))["last"] or 0
    if last + 1 >= MOST_OWN:
        raise TooManyThemesError
    return last + 1


def _refuse_too_many() -> None:
    if OwnTheme.objects.filter(active=True).count() >= MOST_IN_USE:
        raise TooManyThemesError
