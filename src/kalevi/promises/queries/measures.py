"""The measure of each promise to everybody: a share the database can count, with its n and its interval.

Promises given under it count for a year, as in `rates`; everything else for the last 90 days. One query a
kind of measure, however many promises there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from kalevi.channels.survey.models import Answer
from kalevi.interactions.findings import KINDS, code
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Found, Interaction, Kind
from kalevi.people.models import Colleague
from kalevi.promises.brand_models import BrandPromise, Measure
from kalevi.promises.queries.rates import Rate, counted_by, due_promises, hidden_together, rate_of
from kalevi.stats import Share

WINDOW = timedelta(days=90)
MOST_MESSAGES = 50_000
# Where people usually draw the line between good and the rest: the highest value and the lowest good one.
GOOD = {10: 9, 7: 5, 5: 4}


@dataclass(frozen=True, slots=True)
class Shown:
    """A promise to everybody with where it is redeemed and what shows it."""

    brand: BrandPromise
    places: tuple[str, ...]
    rate: Rate


def shown_for_colleague(reader: Colleague, now: datetime) -> list[Shown]:
    """Return every promise to everybody that is in use, with its figure."""
    brands = list(
        BrandPromise.objects.filter(ended_at__isnull=True)
        .select_related("survey")
        .prefetch_related("touchpoints")
        .order_by("pk")
    )
    by = {measure: [one for one in brands if one.measure == measure] for measure in Measure}
    since = earliest_id(now - WINDOW)
    counted = counted_by(due_promises(now).filter(brand__in=by[Measure.KEPT]), "brand", reader)
    kept = [(one, rate_of("", counted.get(one.pk))) for one in by[Measure.KEPT]]
    guarded = hidden_together([Rate(str(one.pk), rate.share, rate.hidden, rate.people) for one, rate in kept])
    rates = {int(rate.label): rate for rate in guarded}
    shares = (
        _answered(by[Measure.ANSWERED], since, now)
        | _questions(by[Measure.QUESTION], since)
        | _scores(by[Measure.SCORE], since)
        | _themes(by[Measure.THEME], since)
    )
    rates |= {number: Rate("", share) for number, share in shares.items()}
    return [Shown(one, tuple(place.name for place in one.touchpoints.all()), rates[one.pk]) for one in brands]


def _places(brands: Iterable[BrandPromise]) -> dict[int, frozenset[int]]:
    return {one.pk: frozenset(place.pk for place in one.touchpoints.all()) for one in brands}


def _answered(brands: Sequence[BrandPromise], since: int, now: datetime) -> dict[int, Share]:
    """Messages a person answered within so many minutes, of those that are at least so old."""
    places = _places(brands)
    first = (
        Interaction.objects.filter(answers=OuterRef("pk"), outbound=True, told_by_colleague_id__isnull=False)
        .order_by("occurred_at")
        .values("occurred_at")[:1]
    )
    messages = Interaction.objects.filter(
        touchpoint__in=frozenset().union(*places.values()), kind=Kind.MESSAGE, outbound=False, pk__gte=since
    ).annotate(first=Subquery(first))
    rows = list(messages.order_by("-pk").values_list("touchpoint", "occurred_at", "first")[:MOST_MESSAGES])
    found = {}
    for one in brands:
        within = timedelta(minutes=one.minutes or 0)
        old = [row for row in rows if row[0] in places[one.pk] and row[1] + within <= now]
        in_time = sum(answered is not None and answered <= said + within for _place, said, answered in old)
        found[one.pk] = Share(in_time, len(old))
    return found


def _questions(brands: Sequence[BrandPromise], since: int) -> dict[int, Share]:
    """Good answers to a question, of all its answers with a value; the newest of whoever answered again."""
    asked = Answer.objects.filter(
        version__survey__in=[one.survey_id or 0 for one in brands],
        question__in=[one.question for one in brands],
        part="",
        value__isnull=False,
        interaction__gte=since,
        interaction__newer_versions__isnull=True,
    )
    grouped = asked.order_by().values_list("version__survey", "question", "high", "value")
    counted: dict[tuple[int, str], tuple[int, int]] = {}
    for survey_id, question, high, value, n in grouped.annotate(n=Count("pk")):
        good, whole = counted.get((survey_id, question), (0, 0))
        counted[survey_id, question] = good + n * (value >= GOOD.get(high, high)), whole + n
    return {one.pk: Share(*counted.get((one.survey_id or 0, one.question), (0, 0))) for one in brands}


def _scores(brands: Sequence[BrandPromise], since: int) -> dict[int, Share]:
    """Scores in the upper third of their own scale, of all at its touchpoints."""
    places = _places(brands)
    upper = Q(score__gte=F("score_low") + (F("score_high") - F("score_low")) * 2 / 3.0)
    rows = (
        Interaction.objects.filter(
            touchpoint__in=frozenset().union(*places.values()),
            score__isnull=False,
            outbound=False,
            pk__gte=since,
            newer_versions__isnull=True,
        )
        .order_by()
        .values_list("touchpoint")
        .annotate(n=Count("pk"), good=Count("pk", filter=upper))
    )
    return _summed(places, {place: (good, n) for place, n, good in rows})


def _themes(brands: Sequence[BrandPromise], since: int) -> dict[int, Share]:
    """Words about a theme that were not read as negative, of all at its touchpoints: a machine's guess."""
    places = _places(brands)
    codes = {code("theme", one.theme): one.theme for one in brands if one.theme in KINDS["theme"][1]}
    negative = Found.objects.filter(interaction=OuterRef("interaction"), code=code("sentiment", "negative"))
    rows = (
        Found.objects.filter(
            code__in=codes,
            interaction__gte=since,
            interaction__touchpoint__in=frozenset().union(*places.values()),
        )
        .annotate(bad=Exists(negative))
        .order_by()
        .values_list("code", "interaction__touchpoint", "bad")
        .annotate(n=Count("interaction"))
    )
    counted: dict[tuple[str, int], tuple[int, int]] = {}
    for number, place, bad, n in rows:
        good, whole = counted.get((codes[number], place), (0, 0))
        counted[codes[number], place] = good + (0 if bad else n), whole + n
    found: dict[int, Share] = {}
    for one in brands:
        mine = {place: counted[one.theme, place] for place in places[one.pk] if (one.theme, place) in counted}
        found |= _summed({one.pk: places[one.pk]}, mine)
    return found


def _summed(places: Mapping[int, frozenset[int]], counted: Mapping[int, tuple[int, int]]) -> dict[int, Share]:
    return {
        number: Share(
            sum(counted[place][0] for place in mine if place in counted),
            sum(counted[place][1] for place in mine if place in counted),
        )
        for number, mine in places.items()
    }
