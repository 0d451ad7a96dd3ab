"""How approaches by each rule were met."""

from django.db.models import Count, Q

from kalevi.approaches.models import Approach, Met, State
from kalevi.approaches.pruning import Rate
from kalevi.approaches.rule_models import Rule, Why


def rates() -> dict[Why, Rate]:
    """Return how those approached by each rule were met since its count began, in two queries."""
    begun = dict(Rule.objects.filter(counted_since__isnull=False).values_list("why", "counted_since"))
    counted = Q()
    for why, since in begun.items():
        counted &= ~Q(why=why) | Q(approached_at__gte=since)
    rows = (
        Approach.objects.filter(counted, state=State.MET)
        .values_list("why")
        .annotate(
            thanked=Count("pk", filter=Q(met=Met.THANKED)),
            answered=Count("pk", filter=Q(met=Met.ANSWERED)),
            ignored=Count("pk", filter=Q(met=Met.IGNORED)),
            unwelcome=Count("pk", filter=Q(met=Met.UNWELCOME)),
        )
        .order_by("why")
    )
    known = {why: Rate(*counts) for why, *counts in rows}
    return {why: known.get(why, Rate()) for why in Why}
