"""Who once wished for what we now have or can do."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from kalevi.approaches.looking.candidate import Candidate, day_of
from kalevi.approaches.models import Ability
from kalevi.approaches.rule_models import Rule
from kalevi.interactions.findings import code
from kalevi.interactions.ids import earliest_id, moment_of
from kalevi.interactions.models import Interaction, Reading
from kalevi.interactions.packing import unpacked
from kalevi.interactions.queries.searching import searched
from kalevi.interactions.queries.walking import found, walk
from kalevi.people.models import Aim
from kalevi.text.stems import search_keys, search_words

WISHES = (("hot", "dream"), ("hot", "need"), ("mark", "expectation"), ("mark", "suggestion"))
# Of one wish and one seed at most so many, the newest first.
MOST = 300
Seed = list[tuple[str, ...]]


def who_wished(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield who wished for it in their own words within `days`, the newest ability and wish first."""
    since = now - timedelta(days=rule.days)
    for ability in Ability.objects.filter(ended_at__isnull=True).order_by("-pk"):
        seeds = [part.strip() for part in ability.seeds.split(",") if part.strip()]
        keys = [search_words(seed, "und") for seed in seeds]
        for number, contact_id in _worded(ability.theme, seeds, keys, since):
            yield _candidate(ability, contact_id, number)
        yield from _aims(ability, keys, since)


def _candidate(ability: Ability, contact_id: int, number: int) -> Candidate:
    return Candidate(
        contact_id,
        f"ability:{ability.pk}:{contact_id}",
        {"day": day_of(moment_of(number)), "words": ability.words},
        number,
    )


def _worded(theme: str, seeds: Sequence[str], keys: Sequence[Seed], since: datetime) -> list[tuple[int, int]]:
    """Return (interaction, contact) of wishes that speak of it, the newest first."""
    ids: set[int] = set()
    themed = [found(code("theme", theme))] if theme else []
    listings = [listing for seed in seeds if (listing := searched(seed)) is not None]
    for wish in WISHES:
        for also in [[listing] for listing in listings] or [[]]:
            lists = [found(code(*wish)), *themed, *also]
            ids.update(walk(lists, above=earliest_id(since), below=None, most=MOST).ids)
    said = Interaction.objects.filter(
        pk__in=ids, outbound=False, contact__isnull=False, verbatim__isnull=False
    ).order_by("-pk")
    rows = list(said)
    readings = {
        reading.interaction_id: reading
        for reading in Reading.objects.filter(interaction__in=rows).order_by("pk")
    }
    return [
        (one.pk, one.contact_id or 0)
        for one in rows
        if one.pk in readings and _wishes(one, readings[one.pk], keys)
    ]


def _wishes(said: Interaction, stored: Reading, keys: Sequence[Seed]) -> bool:
    """Whether a sentence that tells a wish holds a seed: words elsewhere may speak of something else."""
    if not keys:
        return True
    words = said.verbatim or ""
    read = unpacked(
        stored.body,
        text=words,
        language=stored.language,
        sentiment=stored.sentiment,
        model=stored.model,
    )
    wishes = [hot.text for hot in read.hots if hot.kind in ("dream", "need")]
    if any(mark.mark in ("expectation", "suggestion") for mark in read.marks):
        wishes.append(words)
    return any(_holds(wish, keys) for wish in wishes)


def _holds(text: str, keys: Sequence[Seed]) -> bool:
    there = set(search_keys(text, "und"))
    return any(seed and all(there.intersection(word) for word in seed) for seed in keys)


def _aims(ability: Ability, keys: Sequence[Seed], since: datetime) -> Iterator[Candidate]:
    """Yield whose aims, written down by us, speak of it."""
    if not keys:
        return
    aims = Aim.objects.filter(contact__isnull=False, words__isnull=False, said_at__gte=since)
    for contact_id, words, at in aims.order_by("-pk").values_list("contact", "words", "said_at").iterator():
        if contact_id is not None and _holds(words or "", keys):
            yield Candidate(
                contact_id,
                f"ability:{ability.pk}:{contact_id}",
                {"day": day_of(at), "words": ability.words},
            )
