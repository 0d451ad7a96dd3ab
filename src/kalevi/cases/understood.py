"""What we understood of a customer's own words, in as few of them as tell it: nothing that is not sure.

A colleague's confirmed reading goes before a model's, and what the customer says of it before both: once they
told us that it is not so, their own words stand in its place, and only what was said later is read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kalevi.cases.customers_words import corrections
from kalevi.cases.models import Case
from kalevi.cases.queries.orders import Ordered, orders_for_colleague
from kalevi.interactions.models import ColleagueReading, Interaction
from kalevi.interactions.queries.newest import NewestReadings
from kalevi.text import Reading
from kalevi.text.vocabulary import SUBJECT_THEMES

# As sure as a chip has to be to be shown as sure.
SURE = 0.75
KINDS = ("problem", "need", "dream")
SENTENCES, LONGEST, THEMES = 4, 240, 4


@dataclass(frozen=True, slots=True)
class Hot:
    """A problem, a need or a dream, and the sentence that tells it."""

    kind: str
    sentence: str
    sure: float


@dataclass(frozen=True, slots=True)
class Understanding:
    """What we took from a customer's words; `corrected` are their words that put us right, empty for none."""

    hots: tuple[Hot, ...] = ()
    themes: tuple[str, ...] = ()
    orders: tuple[Ordered, ...] = ()
    corrected: str = ""

    def __bool__(self) -> bool:
        return bool(self.hots or self.themes or self.orders or self.corrected)

    @property
    def size(self) -> int:
        """How many bytes of their words it says back."""
        return sum(len(one.sentence.encode()) for one in self.hots) + len(self.corrected.encode())


def understanding_of(case: Case, words: Sequence[Interaction], now: datetime) -> Understanding:
    """Return what we understood of a customer's own words, the oldest first; ours are passed over."""
    own = [one for one in words if not one.outbound and one.verbatim]
    right = corrections(own)
    since = max((place for place, one in enumerate(own) if one.pk in right), default=-1)
    corrected = (own[since].verbatim or "") if since >= 0 else ""
    read = own[since + 1 :]
    hots, themes = _found(read)
    return Understanding(
        hots=hots,
        themes=themes,
        orders=_orders(case, own[max(since, 0) :], now, guess=since < 0),
        corrected=_short(corrected),
    )


def _found(words: Sequence[Interaction]) -> tuple[tuple[Hot, ...], tuple[str, ...]]:
    readings = NewestReadings(words)
    confirmed = {
        one.interaction_id: one
        for one in ColleagueReading.objects.filter(
            interaction__in=[one.pk for one in words], confirmed_by__isnull=False
        ).order_by("pk")
    }
    hots: dict[str, Hot] = {}
    themes: dict[str, float] = {}
    for one in words:
        model, theirs = readings.of(one), confirmed.get(one.pk)
        for hot in _confirmed(theirs, one, model) if theirs else _sure(model):
            hots.setdefault(hot.sentence, hot)
        keys = dict.fromkeys(theirs.themes, 1.0) if theirs else _sure_themes(model)
        for key, sure in keys.items():
            if key in SUBJECT_THEMES:
                themes[key] = max(sure, themes.get(key, 0.0))
    surest = sorted(hots.values(), key=lambda hot: -hot.sure)[:SENTENCES]
    return (
        tuple(sorted((one for one in hots.values() if one in surest), key=lambda hot: KINDS.index(hot.kind))),
        tuple(sorted(themes, key=lambda key: -themes[key])[:THEMES]),
    )


def _sure(model: Reading | None) -> Iterator[Hot]:
    for hot in model.hots if model else ():
        if hot.confidence >= SURE and hot.text.strip():
            yield Hot(hot.kind, _short(hot.text), hot.confidence)


def _sure_themes(model: Reading | None) -> dict[str, float]:
    return {one.key: one.confidence for one in model.themes if one.confidence >= SURE} if model else {}


def _confirmed(theirs: ColleagueReading, said: Interaction, model: Reading | None) -> Iterator[Hot]:
    """Yield what two colleagues read: of each kind the model's surest sentence, else words that are short."""
    whole = (said.verbatim or "").strip()
    for kind in KINDS:
        if kind not in theirs.hots:
            continue
        same = [hot for hot in (model.hots if model else ()) if hot.kind == kind and hot.text.strip()]
        if same:
            yield Hot(kind, _short(max(same, key=lambda hot: hot.confidence).text), 1.0)
        elif len(whole) <= LONGEST:
            yield Hot(kind, whole, 1.0)


def _orders(case: Case, words: Sequence[Interaction], now: datetime, *, guess: bool) -> tuple[Ordered, ...]:
    """Return the orders that the customer names; to `guess`, their only one when something went wrong."""
    found = orders_for_colleague(case, words, now)
    named = tuple(one for one in found if one.named)
    if named or not guess or len(found) != 1:
        return named
    one = found[0]
    wrong = one.late or one.outcome.differences or one.outcome.complete is False
    return found if wrong and one.outcome.order.reference else ()


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else (words[:LONGEST].rpartition(" ")[0] or words[:LONGEST]) + " …"
