"""What is felt now, and how much was said, in the last seven days against the seven before."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kalevi.interactions.findings import code
from kalevi.interactions.models import Found, SelfFeeling
from kalevi.reports.queries.weeks import Weeks
from kalevi.stats import Share
from kalevi.text.vocabulary import FEELINGS, SENTIMENTS

FEELING_OF = {code("feeling", key): key for key in FEELINGS}
READ = [code("sentiment", key) for key in SENTIMENTS]
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Felt:
    """How often a feeling was read in customers' words: in this many of n, now and in the week before."""

    feeling: str
    now: Share
    before: Share

    @property
    def change(self) -> str:
        """more, less, same; or unclear where either week has too few words to say.

        More and less mean that the 95% interval of the difference of the two shares leaves out zero:
        R. G. Newcombe, Statistics in Medicine 17 (1998), p. 873, method 10.
        """
        if self.now.n < ENOUGH or self.before.n < ENOUGH:
            return "unclear"
        (low, high), (low_before, high_before) = self.now.interval, self.before.interval
        difference = self.now.value - self.before.value
        down = ((self.now.value - low) ** 2 + (high_before - self.before.value) ** 2) ** 0.5
        up = ((high - self.now.value) ** 2 + (self.before.value - low_before) ** 2) ** 0.5
        if difference - down > 0:
            return "more"
        return "less" if difference + up < 0 else "same"


@dataclass(frozen=True, slots=True)
class Feelings:
    """Words read now and in the week before, the feelings in them, and feelings customers told themselves."""

    n: int
    n_before: int
    felt: tuple[Felt, ...]
    told: tuple[tuple[str, int], ...]


def feelings_of_two_weeks(weeks: Weeks) -> Feelings:
    """Return what was felt, the most common feeling first: two queries."""
    rows = (
        Found.objects.filter(
            code__in=[*FEELING_OF, *READ], interaction_id__gte=weeks.before, interaction_id__lt=weeks.end
        )
        .values("code")
        .order_by("code")
        .annotate(
            now=Count("interaction_id", filter=Q(interaction_id__gte=weeks.since)),
            before=Count("interaction_id", filter=Q(interaction_id__lt=weeks.since)),
        )
    )
    counts = {row["code"]: (row["now"], row["before"]) for row in rows}
    n, n_before = (sum(counts.get(one, (0, 0))[week] for one in READ) for week in (0, 1))
    felt = [
        Felt(key, Share(counts[one][0], n), Share(counts[one][1], n_before))
        for one, key in FEELING_OF.items()
        if one in counts
    ]
    told = (
        SelfFeeling.objects.filter(
            interaction_id__gte=weeks.since, interaction_id__lt=weeks.end, words__isnull=False
        )
        .values_list("words")
        .annotate(times=Count("id"))
        .order_by("-times", "words")[:8]
    )
    return Feelings(
        n, n_before, tuple(sorted(felt, key=lambda one: -one.now.hits)), tuple((w or "", t) for w, t in told)
    )
