"""Interactions for tests of pages: words, what a model read in them and how they are found again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

from kalevi.interactions import search_index
from kalevi.interactions.findings import code
from kalevi.interactions.ids import interaction_id
from kalevi.interactions.models import Found, Intake, Interaction, Reading, SelfFeeling

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_numbers = count(1)


def say(
    words: str | None,
    *found: tuple[str, str],
    ago: timedelta = timedelta(hours=1),
    body: Mapping[str, object] | None = None,
    language: str = "fi",
    feelings: tuple[str, ...] = (),
    **fields: object,
) -> Interaction:
    """Store one interaction that happened `ago` before `NOW`; a customer's words are read and indexed."""
    number, at = next(_numbers), NOW - ago
    row = Intake.objects.create(
        source="test",
        scope="test",
        identity=b"%016d" % number,
        content=b"0" * 16,
        raw=b"raw",
        received_at=NOW,
        state=Intake.State.UNDERSTOOD,
    )
    values = {"channel": "survey", "kind": "feedback", "received_at": NOW} | fields
    one = Interaction.objects.create(
        id=interaction_id(at, row.pk),
        verbatim=words,
        occurred_at=at,
        source="test",
        intake=row,
        **values,
    )
    for feeling in feelings:
        SelfFeeling.objects.create(interaction=one, words=feeling, reported_at=at)
    if not words:
        return one
    # An index row is taken out by its keys: our own words are indexed without a reading's language.
    search_index.add([(one.pk, search_index.keys(words, "und" if one.outbound else language))])
    if not one.outbound:
        kinds = dict(found)
        sentiment = kinds.get("sentiment", "neutral")
        Reading.objects.create(
            interaction=one, model="test 1", at=NOW, language=language, sentiment=sentiment, body=body or {}
        )
        pairs = {*found, ("language", language), ("sentiment", sentiment), ("channel", one.channel)}
        Found.objects.bulk_create(Found(code=code(*pair), interaction=one) for pair in sorted(pairs))
    return one
