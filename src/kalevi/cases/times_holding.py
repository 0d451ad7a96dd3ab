"""What this room holds of a person beside their cases: how soon it was agreed to answer them."""

from kalevi.cases.rule_models import Target
from kalevi.people.holdings import Holding
from kalevi.people.models import Erasure


def export(contact_id: int) -> dict[str, int]:
    """Return urgency -> minutes, as agreed with this person, ready for JSON."""
    agreed = Target.objects.filter(contact_id=contact_id).order_by("urgency")
    return dict(agreed.values_list("urgency", "minutes"))


def erase(contact_id: int, erasure: Erasure) -> None:
    """Forget what was agreed with the person."""
    Target.objects.filter(contact_id=contact_id).delete()


def merge(kept: int, gone: int) -> list[str]:
    """Move the times that the kept one has none of; the others stay, and count for nothing."""
    known = list(Target.objects.filter(contact_id=kept).values_list("urgency", flat=True))
    moving = Target.objects.filter(contact_id=gone).exclude(urgency__in=known)
    moved = [str(number) for number in moving.values_list("pk", flat=True)]
    Target.objects.filter(pk__in=moved).update(contact_id=kept)
    return moved


def unmerge(kept: int, gone: int, moved: list[str]) -> None:
    """Move back what was moved, where it was not changed meanwhile."""
    known = list(Target.objects.filter(contact_id=gone).values_list("urgency", flat=True))
    back = Target.objects.filter(pk__in=moved, contact_id=kept).exclude(urgency__in=known)
    back.update(contact_id=gone)


HOLDING = Holding(
    room="answer_times", models=("cases.Target",), export=export, erase=erase, merge=merge, unmerge=unmerge
)
