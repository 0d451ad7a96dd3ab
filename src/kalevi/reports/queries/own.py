"""One's own figures: they exist for oneself alone, so every read here is of its reader and of nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from kalevi.cases.models import CaseWord
from kalevi.cases.praise_models import Praise
from kalevi.people.models import Colleague
from kalevi.promises.models import State
from kalevi.promises.queries.rates import Rate, due_promises
from kalevi.stats import Middle, Share, middle_of

PERIOD = timedelta(days=28)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Own:
    """What one did in the last `days`: cases answered, minutes to first answers, promises kept, thanks.

    `first` is of the cases to which one gave the first answer, on the customer's wall clock. Promises are
    those of a year, by the first date the customer heard.
    """

    days: int
    answered: int
    first: Middle
    promises: Share
    thanks: int
    words: Sequence[Praise]

    @property
    def promised(self) -> Rate:
        """The promises as a figure, too few for a share here as on the page of promises."""
        return Rate("", self.promises)


def own_figures(reader: Colleague, now: datetime) -> Own:
    """Return the reader's own figures, by five queries for any number of cases."""
    since = now - PERIOD
    mine = CaseWord.objects.filter(
        interaction__outbound=True,
        interaction__told_by_colleague_id=reader.pk,
        interaction__occurred_at__range=(since, now),
    )
    first = mine.filter(interaction__occurred_at=F("case__answered_at"))
    clocks = first.values_list("case_id", "case__waits_since", "interaction__occurred_at")
    minutes = {case: max(0.0, (end - begin).total_seconds() / 60) for case, begin, end in clocks}
    promises = (
        due_promises(now)
        .filter(owner=reader)
        .order_by()
        .aggregate(n=Count("pk"), kept=Count("pk", filter=Q(state=State.KEPT)))
    )
    thanks = Praise.objects.filter(colleague=reader, passed_at__isnull=True, at__range=(since, now))
    heard = thanks.filter(interaction__verbatim__isnull=False).select_related("interaction")
    return Own(
        days=PERIOD.days,
        answered=mine.order_by().values("case_id").distinct().count(),
        first=middle_of(minutes.values()),
        promises=Share(promises["kept"], promises["n"]),
        thanks=thanks.count(),
        words=list(heard.order_by("-at", "-pk")[:SHOWN]),
    )
