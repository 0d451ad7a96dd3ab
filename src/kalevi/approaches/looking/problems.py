"""Who told of a problem and has not been heard of since, whether we answered or not."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Max

from kalevi.approaches.looking.candidate import Candidate, day_of
from kalevi.approaches.rule_models import Rule
from kalevi.cases.models import Case, Verdict
from kalevi.interactions.findings import code
from kalevi.interactions.ids import earliest_id, moment_of
from kalevi.interactions.models import Found, Interaction, Kind

_CHUNK = 200


class Told(NamedTuple):
    """A contact and the newest interaction in which they told of a problem."""

    contact_id: int
    number: int


def silent_after_a_problem(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield whose last word was a problem, with `after` days of silence on both sides, the newest first."""
    quiet = now - timedelta(days=rule.after)
    told = (
        Found.objects.filter(
            code=code("hot", "problem"),
            interaction_id__gte=earliest_id(now - timedelta(days=rule.days)),
            interaction_id__lt=earliest_id(quiet),
            interaction__outbound=False,
            interaction__contact__isnull=False,
        )
        .values_list("interaction__contact")
        .annotate(newest=Max("interaction_id"))
        .order_by("-newest")
    )
    rows = [Told(*row) for row in told]
    for start in range(0, len(rows), _CHUNK):
        yield from _silent(rows[start : start + _CHUNK], quiet)


def _silent(told: Sequence[Told], quiet: datetime) -> Iterator[Candidate]:
    """Yield those of a chunk to whom nothing has happened since, but for an answer of ours long ago."""
    since: dict[int, list[tuple[datetime, bool]]] = {}
    contacts = [one.contact_id for one in told]
    later = (
        Interaction.objects.filter(contact__in=contacts, pk__gte=min(one.number for one in told))
        .exclude(kind=Kind.EVENT)
        .order_by("pk")
    )
    fields = ("contact", "pk", "occurred_at", "outbound")
    newest = dict(told)
    for contact_id, number, at, outbound in later.values_list(*fields):
        if number > newest[contact_id]:
            since.setdefault(contact_id, []).append((at, outbound))
    solved = dict(
        Case.objects.filter(contact__in=contacts, verdict=Verdict.SOLVED)
        .values_list("contact")
        .annotate(last=Max("verdict_at"))
        .values_list("contact", "last")
    )
    for one in told:
        told_at, rest = moment_of(one.number), since.get(one.contact_id, [])
        if any(not outbound or at > quiet for at, outbound in rest):
            continue
        if (verdict_at := solved.get(one.contact_id)) is not None and verdict_at >= told_at:
            continue
        facts = {"day": day_of(told_at)}
        if rest:
            facts["answered"] = day_of(rest[-1][0])
        yield Candidate(one.contact_id, f"interaction:{one.number}", facts, one.number)
