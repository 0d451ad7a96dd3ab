"""The room's work: finding promises in new words, reminding of those that are due."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_tasks import task

from kalevi.interactions.findings import code
from kalevi.interactions.fresh import fresh_ids
from kalevi.interactions.models import Found, Interaction
from kalevi.promises.actions.proposing import propose
from kalevi.promises.actions.reminding import remind

AT_ONCE = 500


@task
def look(numbers: list[str]) -> int:
    """Look for promises in these interactions; return how many may be."""
    return propose(ids=[int(number) for number in numbers])


@task
def watch() -> int:
    """Remind of promises that are soon due or past; return how many owners were told."""
    return remind(now=timezone.now())


def look_soon(ids: Sequence[int]) -> None:
    """Have a look at new words once they are stored; those of the past are left alone."""
    fresh = fresh_ids(ids, timezone.now())
    for start in range(0, len(fresh), AT_ONCE):
        # As text: such numbers pass what JSON's readers hold safely.
        if worth := [str(number) for number in _worth_a_look(fresh[start : start + AT_ONCE])]:
            look.enqueue(worth)


def _worth_a_look(ids: list[int]) -> list[int]:
    marked = Found.objects.filter(code=code("mark", "promise"), interaction=OuterRef("pk"))
    ours = Q(outbound=True, told_by_colleague_id__isnull=False, verbatim__isnull=False)
    said = Interaction.objects.filter(pk__in=ids, contact__isnull=False)
    return list(said.filter(ours | Exists(marked)).order_by("pk").values_list("pk", flat=True))
