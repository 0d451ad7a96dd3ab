"""Looking for what customers newly speak of, and forgetting it with their words."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Substr

from kalevi.interactions.ids import earliest_id, moment_of
from kalevi.interactions.models import Interaction, Reading
from kalevi.jobs import leases
from kalevi.reports.models import EmergingTheme
from kalevi.text.emerging import Emerging, Said, emerging

WINDOW, REFERENCE = timedelta(days=14), timedelta(days=90)
MOST_WINDOW, MOST_REFERENCE = 6_000, 14_000
# Fewer than make a phrase, so that no customer alone makes a theme; as many a day in the reference.
MOST_OF_ONE, MOST_OF_ONE_BEFORE = 3, 19
LONGEST = 4_000
_CHUNK = 500


def renew_emerging_themes(*, now: datetime) -> int:
    """Compare the last two weeks with the 90 days before, and put what was found in place of what there was.

    Only customers' own words that have been read are compared, the newest first where they are many. Returns
    how many themes were found.
    """
    start = earliest_id(now - WINDOW)
    window = _said(start, earliest_id(now + timedelta(seconds=1)), MOST_WINDOW, MOST_OF_ONE)
    reference = _said(earliest_id(now - WINDOW - REFERENCE), start, MOST_REFERENCE, MOST_OF_ONE_BEFORE)
    found = emerging([said for _id, said in window], [said for _id, said in reference])
    since = moment_of(window[-1][0]) if window else now
    before = moment_of(reference[-1][0]) if reference else since
    themes = [_theme(place, one, window) for place, one in enumerate(found)]
    with leases.effect():
        EmergingTheme.objects.all().delete()
        ids = {number for theme in themes for number in theme.examples}
        worded = set(
            Interaction.objects.filter(pk__in=ids, verbatim__isnull=False).values_list("pk", flat=True)
        )
        for theme in themes:
            theme.examples = [number for number in theme.examples if number in worded]
            theme.reference_since, theme.since, theme.until = before, since, now
        EmergingTheme.objects.bulk_create(theme for theme in themes if theme.examples)
    return len(themes)


def forget_examples(ids: Sequence[int]) -> None:
    """Drop examples whose words were just erased, and a theme that has none left."""
    erased = set(ids)
    for theme in EmergingTheme.objects.all():
        left = [number for number in theme.examples if number not in erased]
        if not left:
            theme.delete()
        elif len(left) < len(theme.examples):
            theme.examples = left
            theme.save(update_fields=["examples"])


def _theme(place: int, found: Emerging, window: Sequence[tuple[int, Said]]) -> EmergingTheme:
    return EmergingTheme(
        place=place,
        phrases=list(found.phrases),
        texts=found.texts,
        before=found.before,
        growth=found.growth,
        low=found.low,
        high=found.high,
        examples=[window[one][0] for one in found.examples],
    )


def _said(first: int, end: int, most: int, of_one: int) -> list[tuple[int, Said]]:
    """Return (id, words) of what customers themselves said from id `first` to before `end`, newest first.

    A version that a newer one replaced is left out, and so is what one customer said beyond `of_one`.
    """
    rows = (
        Interaction.objects.filter(
            pk__gte=first,
            pk__lt=end,
            verbatim__isnull=False,
            outbound=False,
            told_by_colleague_id__isnull=True,
        )
        .order_by("-pk")
        .values_list("pk", "contact_id", "older_version_id", Substr("verbatim", 1, LONGEST))[:most]
    )
    found = list(rows)
    replaced = {older for _id, _contact, older, _words in found}
    many: Counter[int] = Counter()
    said: list[tuple[int, Said]] = []
    for place in range(0, len(found), _CHUNK):
        chunk = found[place : place + _CHUNK]
        readings = _readings([number for number, *_rest in chunk])
        for number, contact, _older, words in chunk:
            if number in replaced or number not in readings:
                continue
            if contact is not None:
                many[contact] += 1
                if many[contact] > of_one:
                    continue
            language, hidden = readings[number]
            said.append((number, Said(words, language, hidden)))
    return said


def _readings(ids: Sequence[int]) -> dict[int, tuple[str, list[tuple[int, int]]]]:
    """Id -> the language that was read last and where personal data stands."""
    rows = Reading.objects.filter(interaction__in=ids).order_by("pk")
    bodies: dict[int, tuple[str, Any]] = {
        number: (language, body)
        for number, language, body in rows.values_list("interaction_id", "language", "body")
    }
    return {
        number: (language, [(start, end) for _kind, (start, end) in body.get("p", ())])
        for number, (language, body) in bodies.items()
    }
