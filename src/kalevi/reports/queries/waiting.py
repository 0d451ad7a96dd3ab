"""Who waits for an answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTransform

from kalevi.cases.models import State
from kalevi.interactions.findings import code
from kalevi.interactions.models import Channel, ColleagueReading, Interaction, Reading, SelfFeeling
from kalevi.interactions.own_feelings import tone_of
from kalevi.interactions.queries.walking import found, walk
from kalevi.reports.queries.weeks import Weeks

ASKING = (code("hot", "problem"), code("hot", "need"))
ASKS = frozenset({"problem", "need"})
CANDIDATES = 400
# Where we asked, or they told everybody, most words want no answer: only what is surely a problem waits.
ASKED_BY_US = frozenset({Channel.SURVEY.value, Channel.REVIEW.value})
SURE, LIKELY = 0.75, 0.55


@dataclass(frozen=True, slots=True)
class Waiting:
    """Ids of words nobody has answered, the longest wait first; `more` when there may be others too."""

    ids: tuple[int, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of some words.

    `problem` and `need`: how sure the model is of one (None: it found none). `tones` are those of the
    feelings the customer told ("good", "bad", ""), `colleagues` the kinds of HOT each colleague read.
    """

    channel: str
    problem: float | None = None
    need: float | None = None
    tones: frozenset[str] = frozenset()
    colleagues: tuple[frozenset[str], ...] = ()


def asks(heard: Heard) -> bool:
    """Return whether somebody waits for an answer to these words: people before the machine.

    A colleague who read them says it. Else the customer does: a bad feeling of their own waits, whatever the
    machine read; after a good one a problem is the machine's mistake, and a need waits only where they turned
    to us with it. Else the machine's guess does, when it is likely, or sure where we had asked.
    """
    if heard.colleagues:
        return any(ASKS & hots for hots in heard.colleagues)
    if "bad" in heard.tones:
        return True
    turned_to_us = heard.channel not in ASKED_BY_US
    if "good" in heard.tones:
        return turned_to_us and (heard.need or 0) >= LIKELY
    return max(heard.problem or 0, heard.need or 0) >= (LIKELY if turned_to_us else SURE)


def who_waits(weeks: Weeks) -> Waiting:
    """Return the words of the last two weeks that ask for an answer (`asks`) and have none.

    Answered means a reply to them, or anything we sent to that customer afterwards. Whose case is resolved
    does not wait, nor somebody who asked to be left in peace. The newest few hundred are looked at.
    """
    walks = [
        walk([found(one)], above=weeks.before - 1, below=weeks.end, most=CANDIDATES).ids for one in ASKING
    ]
    tones, told = _tones(weeks)
    read, looked = _colleagues(weeks)
    bitter = [number for number, kinds in tones.items() if "bad" in kinds]
    candidates = {*bitter, *read, *(number for ids in walks for number in ids)}
    sent_later = Interaction.objects.filter(
        contact_id=OuterRef("contact_id"), pk__gt=OuterRef("pk"), outbound=True
    )
    waiting = dict(
        Interaction.objects.filter(
            pk__in=candidates, outbound=False, verbatim__isnull=False, contact__in_peace_since__isnull=True
        )
        .exclude(Exists(Interaction.objects.filter(answers=OuterRef("pk"))))
        .exclude(Exists(Interaction.objects.filter(older_version=OuterRef("pk"))))
        .exclude(Exists(sent_later))
        .exclude(case_word__case__state=State.RESOLVED)
        .order_by("pk")
        .values_list("pk", "channel")
    )
    guesses = _guesses(waiting, [frozenset(ids) for ids in walks])
    return Waiting(
        tuple(
            number
            for number, channel in waiting.items()
            if asks(Heard(channel, *guesses[number], tones.get(number, frozenset()), read.get(number, ())))
        ),
        more=max(*(len(ids) for ids in walks), told, looked) >= CANDIDATES,
    )


def _tones(weeks: Weeks) -> tuple[dict[int, frozenset[str]], int]:
    told = SelfFeeling.objects.filter(
        interaction_id__gte=weeks.before, interaction_id__lt=weeks.end, words__isnull=False
    ).order_by("-interaction_id")
    rows = list(told.values_list("interaction_id", "words")[:CANDIDATES])
    tones: dict[int, frozenset[str]] = {}
    for number, words in rows:
        tones[number] = tones.get(number, frozenset()) | {tone_of(words or "")}
    return tones, len(rows)


def _colleagues(weeks: Weeks) -> tuple[dict[int, tuple[frozenset[str], ...]], int]:
    mine = ColleagueReading.objects.filter(
        interaction_id__gte=weeks.before, interaction_id__lt=weeks.end
    ).order_by("-interaction_id")
    rows = list(mine.values_list("interaction_id", "sentiment", "hots")[:CANDIDATES])
    read: dict[int, tuple[frozenset[str], ...]] = {}
    for number, sentiment, hots in rows:
        # A tap on a theme alone says nothing of what they need.
        if sentiment or hots:
            read[number] = (*read.get(number, ()), frozenset(hots))
    return read, len(rows)


def _guesses(
    ids: Iterable[int], found_in: Iterable[frozenset[int]]
) -> Mapping[int, tuple[float | None, float | None]]:
    """Return how sure the newest reading was of (problem, need); 1 where it does not say (see `packing`)."""
    told = dict(
        Reading.objects.filter(interaction_id__in=list(ids))
        .order_by("pk")
        .values_list("interaction_id", KeyTransform("h", "body"))
    )
    problems, needs = found_in
    guesses: dict[int, tuple[float | None, float | None]] = {}
    for number in ids:
        sure: dict[str, float] = {}
        for kind, _span, chance, *_rest in told.get(number) or ():
            sure[kind] = max(sure.get(kind, 0), chance)
        guesses[number] = (
            sure.get("problem", None if sure or number not in problems else 1),
            sure.get("need", None if sure or number not in needs else 1),
        )
    return guesses
