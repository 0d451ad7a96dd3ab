"""What people confirmed about customers' words, for the reader to learn from."""

from collections.abc import Sequence

from kalevi.interactions.models import ColleagueReading, Reading, SelfFeeling
from kalevi.text.refitting import Lesson
from kalevi.text.vocabulary import FEELINGS, GRADES, name

LANGUAGES = ("fi", "sv", "en")
MOST = 4000
AT_ONCE = 500


def lessons_for_training() -> list[Lesson]:
    """Return the newest confirmed readings of words that still stand, oldest first.

    A reading counts that one colleague made and another confirmed. A feeling that the customer told with a
    word of the list stands in the place of what colleagues read.
    """
    readings = list(
        ColleagueReading.objects.filter(
            confirmed_by__isnull=False, interaction__verbatim__isnull=False, interaction__outbound=False
        )
        .exclude(interaction__verbatim="")
        .select_related("interaction")
        .only("sentiment", "feelings", "hots", "themes", "confirmed_at", "interaction__verbatim")
        .order_by("-confirmed_at", "-pk")[:MOST]
    )
    # Of two confirmed readings of the same words the later one counts.
    by_interaction = {reading.interaction_id: reading for reading in reversed(readings)}
    ids = list(by_interaction)
    told, languages = _told(ids), _languages(ids)
    return [
        Lesson(
            reading.interaction.verbatim or "",
            languages[number],
            reading.sentiment or None,
            frozenset(reading.feelings),
            frozenset(reading.hots),
            frozenset(reading.themes),
            told.get(number),
        )
        for number, reading in by_interaction.items()
        if languages.get(number) in LANGUAGES
    ]


def _languages(ids: Sequence[int]) -> dict[int, str]:
    """Return the language of each, as it was read last."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = Reading.objects.filter(interaction__in=ids[start : start + AT_ONCE]).order_by("pk")
        found.update(rows.values_list("interaction", "language"))
    return found


def _told(ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return the feelings that customers told themselves, where every word of theirs names one."""
    known = _names()
    found: dict[int, set[str | None]] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = SelfFeeling.objects.filter(interaction__in=ids[start : start + AT_ONCE], words__isnull=False)
        for number, words in rows.values_list("interaction", "words"):
            found.setdefault(number, set()).add(known.get((words or "").strip().lower()))
    return {
        number: frozenset(key for key in keys if key) for number, keys in found.items() if None not in keys
    }


def _names() -> dict[str, str]:
    """Every word for a feeling, mild or strong, in every language -> its key."""
    return {
        name(word, language): feeling
        for feeling in FEELINGS
        for word in (*GRADES[feeling], feeling)
        for language in LANGUAGES
    }
