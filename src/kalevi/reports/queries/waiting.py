"""Who waits for an answer."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from kalevi.interactions.findings import code
from kalevi.interactions.models import Interaction, Reading
from kalevi.interactions.queries.walking import found, walk
from kalevi.reports.queries.weeks import Weeks

ASKING = (code("hot", "problem"), code("hot", "need"))
CANDIDATES = 400
# A guess that is hardly likelier than not must not put a happy customer on the list of those who wait.
SURE = 0.55


@dataclass(frozen=True, slots=True)
class Waiting:
    """Ids of words nobody has answered, the longest wait first; `more` when there may be others too."""

    ids: tuple[int, ...]
    more: bool


def who_waits(weeks: Weeks) -> Waiting:
    """Return the words of the last two weeks that tell of a problem or a need and have no answer.

    Answered means a reply to them, or anything we sent to that customer afterwards. Somebody who asked to
    be left in peace does not wait, nor somebody whose problem or need is only an unsure guess. The newest
    few hundred are looked at.
    """
    walks = [
        walk([found(one)], above=weeks.before - 1, below=weeks.end, most=CANDIDATES).ids for one in ASKING
    ]
    candidates = sorted({number for ids in walks for number in ids})
    sent_later = Interaction.objects.filter(
        contact_id=OuterRef("contact_id"), pk__gt=OuterRef("pk"), outbound=True
    )
    waiting = (
        Interaction.objects.filter(pk__in=candidates, outbound=False, contact__in_peace_since__isnull=True)
        .exclude(Exists(Interaction.objects.filter(answers=OuterRef("pk"))))
        .exclude(Exists(Interaction.objects.filter(older_version=OuterRef("pk"))))
        .exclude(Exists(sent_later))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    unsure = _unsure(list(waiting))
    return Waiting(
        tuple(number for number in waiting if number not in unsure),
        more=any(len(ids) == CANDIDATES for ids in walks),
    )


def _unsure(ids: list[int]) -> set[int]:
    """Return those whose reading found problems and needs, all of them unsure (form: see `packing`)."""
    bodies = Reading.objects.filter(interaction_id__in=ids).values_list("interaction_id", "body")
    chances = {
        number: [found[2] for found in body.get("h", ()) if found[0] in ("problem", "need")]
        for number, body in bodies
    }
    return {number for number, found in chances.items() if found and max(found) < SURE}
