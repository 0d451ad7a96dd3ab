"""Customers' words as Today shows them, with who, where and what was read in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models.functions import Substr

from kalevi.interactions.models import Interaction, Reading, SelfFeeling
from kalevi.interactions.queries import masking

SHOWN = 600


@dataclass(frozen=True, slots=True)
class Quote:
    """One customer's words, the first `SHOWN` characters of long ones; `cut` tells that there are more.

    `contact_id` is None and `who` empty for a reader who sees no names.
    """

    id: int
    words: str
    cut: bool
    language: str
    occurred_at: datetime
    told: bool
    channel: str
    touchpoint: str
    contact_id: int | None
    who: str
    feelings: tuple[tuple[str, float], ...] = ()
    hots: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    own_feelings: tuple[str, ...] = ()
    evidence: tuple[tuple[int, int], ...] = field(default=())


def quotes(ids: Iterable[int], *, names: bool) -> dict[int, Quote]:
    """Id -> quote of those that still have words: three queries. Without `names`, personal data is masked."""
    wanted = list(dict.fromkeys(ids))
    said = (
        Interaction.objects.filter(pk__in=wanted, verbatim__isnull=False)
        .annotate(shown=Substr("verbatim", 1, SHOWN + 1))
        .select_related("contact", "touchpoint")
        .only(
            "language", "occurred_at", "told_by_colleague_id", "channel",
            "touchpoint__name_fi", "touchpoint__name_sv", "touchpoint__name_en", "contact__name",
        )
    )  # fmt: skip
    readings = {
        reading.interaction_id: reading
        for reading in Reading.objects.filter(interaction__in=wanted).order_by("id")
    }
    own: dict[int, list[str]] = {}
    for told in SelfFeeling.objects.filter(interaction__in=wanted, words__isnull=False).order_by("id"):
        own.setdefault(told.interaction_id, []).append(told.words or "")
    return {
        one.pk: _quote(one, readings.get(one.pk), tuple(own.get(one.pk, ())), names=names) for one in said
    }


def _quote(one: Interaction, reading: Reading | None, own: tuple[str, ...], *, names: bool) -> Quote:
    body: dict[str, Any] = reading.body if reading else {}
    words: str = one.shown  # type: ignore[attr-defined]  # annotated above
    cut = len(words) > SHOWN
    if cut:
        words = words[:SHOWN].rpartition(" ")[0] or words[:SHOWN]
    if not names:
        # What the model found when it read them, and what is found now: their name may be known only since.
        name = one.contact.name if one.contact else ""
        words = masked(words, [span for _kind, span in body.get("p", ())])
        words = masking.masked(words, name) or ""
        own = tuple(masking.masked(told, name) or "" for told in own)
    return Quote(
        id=one.pk,
        words=words,
        cut=cut,
        language=(reading.language if reading else "") or one.language,
        occurred_at=one.occurred_at,
        told=one.told_by_colleague_id is not None,
        channel=one.get_channel_display(),
        touchpoint=one.touchpoint.name if one.touchpoint else "",
        contact_id=one.contact_id if names else None,
        who=one.contact.name if names and one.contact else "",
        feelings=tuple((key, strength) for key, strength, _sure, _where in body.get("f", ())),
        hots=tuple(dict.fromkeys(hot[0] for hot in body.get("h", ()))),
        marks=tuple(mark[0] for mark in body.get("m", ())),
        own_feelings=own,
    )


def masked(words: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the words with each character range [start, end) of personal data covered, length kept."""
    covered = list(words)
    for start, end in spans:
        covered[start:end] = masking.DOT * (min(end, len(words)) - start)
    return "".join(covered)
