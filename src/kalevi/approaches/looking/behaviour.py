"""Who has gone quiet against their own habit, or whose words have darkened."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Max

from kalevi.approaches.looking.candidate import Candidate, day_of
from kalevi.approaches.rule_models import Rule
from kalevi.interactions.findings import KINDS, code, name
from kalevi.interactions.ids import earliest_id, moment_of
from kalevi.interactions.models import Found, Interaction
from kalevi.stats.behaviour import RECENT, Behaviour, Encounter, behaviour

TONES = {"positive": 1, "neutral": 0, "mixed": 0, "negative": -1}
SENTIMENTS = [code("sentiment", key) for key in KINDS["sentiment"][1]]
HABIT = timedelta(days=730)
# A share of dark words this much larger than before, and at least so many of them.
DARKER, DARK = 0.25, 2
# A habit is more than a few encounters about one thing: so many pauses, over so many days.
PAUSES, HABIT_DAYS = 4, 30
# Newest first, the rest another day: looking closely at everybody would not end before morning.
MOST = 3_000
_CHUNK = 200


def changed(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield whose words have darkened in 90 days, then who is quiet for `after` days, the newest first."""
    dark = (
        Found.objects.filter(
            code=code("sentiment", "negative"),
            interaction_id__gte=earliest_id(now - RECENT),
            interaction__outbound=False,
            interaction__contact__isnull=False,
        )
        .values_list("interaction__contact")
        .annotate(newest=Max("interaction_id"))
        .order_by("-newest")
    )
    yield from _of([(row[0], row[1]) for row in dark[:MOST]], now, quiet=False)
    last_words = (
        Interaction.objects.filter(
            pk__gte=earliest_id(now - timedelta(days=rule.days)),
            pk__lt=earliest_id(now - timedelta(days=rule.after)),
            outbound=False,
            erasure__isnull=True,
            contact__isnull=False,
        )
        .values_list("contact")
        .annotate(newest=Max("pk"))
        .order_by("-newest")
    )
    yield from _of([(row[0], row[1]) for row in last_words[:MOST]], now, quiet=True)


def _of(newest: Sequence[tuple[int, int]], now: datetime, *, quiet: bool) -> Iterator[Candidate]:
    for start in range(0, len(newest), _CHUNK):
        chunk = newest[start : start + _CHUNK]
        known = _behaviours([contact_id for contact_id, _number in chunk], now)
        for contact_id, number in chunk:
            facts = (
                (_quiet if quiet else _darkened)(known[contact_id], number) if contact_id in known else None
            )
            if facts is not None:
                kind = "quiet" if quiet else "dark"
                yield Candidate(contact_id, f"{kind}:{contact_id}:{number}", facts, None if quiet else number)


def _behaviours(contacts: Sequence[int], now: datetime) -> dict[int, Behaviour]:
    rows = list(
        Interaction.objects.filter(
            contact__in=contacts, pk__gte=earliest_id(now - HABIT), outbound=False, erasure__isnull=True
        ).values_list("contact", "pk", "occurred_at", "channel")
    )
    tones = {
        number: TONES[name(found)[1]]
        for number, found in Found.objects.filter(
            code__in=SENTIMENTS, interaction_id__in=[row[1] for row in rows]
        ).values_list("interaction_id", "code")
    }
    met: dict[int, list[Encounter]] = {}
    for contact_id, number, at, channel in rows:
        if contact_id is not None:
            met.setdefault(contact_id, []).append(Encounter(at, channel, tones.get(number)))
    return {contact_id: behaviour(encounters, now) for contact_id, encounters in met.items()}


def _quiet(known: Behaviour, number: int) -> dict[str, object] | None:
    if known.silence is None or known.usual_gap is None:
        return None
    usual = max(1, round(known.usual_gap))
    if known.gaps < PAUSES or known.gaps * known.usual_gap < HABIT_DAYS:
        return None
    return {"day": day_of(moment_of(number)), "usual": usual, "n": known.gaps}


def _darkened(known: Behaviour, _number: int) -> dict[str, object] | None:
    before, recent = known.tone_before, known.tone_recent
    if before is None or recent is None or recent.below < DARK:
        return None
    if recent.below / recent.n - before.below / before.n < DARKER:
        return None
    return {"recent": recent.below, "n": recent.n, "before": before.below, "m": before.n}
