"""What this channel holds of a person: when they were asked, and the reasons why not."""

from typing import Any

from kalevi.channels.invitations.models import Decision, Invitation
from kalevi.people.holdings import Holding
from kalevi.people.models import Erasure, Identity


def export(contact_id: int) -> dict[str, Any]:
    """Return every invitation and decision, oldest first, ready for JSON."""
    invitations = Invitation.objects.filter(contact_id=contact_id).select_related("survey").order_by("pk")
    decisions = Decision.objects.filter(contact_id=contact_id).select_related("survey").order_by("pk")
    return {
        "invitations": [
            {
                "survey": one.survey.name,
                "language": one.language,
                "at": one.made_at.isoformat(),
                "ends_at": one.ends_at.isoformat(),
                "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
            }
            for one in invitations
        ],
        "decisions": [
            {
                "survey": one.survey.name,
                "at": one.at.isoformat(),
                "kind": one.kind,
                "reason": one.reason or "sent",
            }
            for one in decisions
        ],
    }


def erase(contact_id: int, erasure: Erasure) -> None:
    """Remove the invitations, so that their links are nobody's; decisions stay without the person."""
    Decision.objects.filter(contact_id=contact_id).update(contact=None, invitation=None)
    Invitation.objects.filter(contact_id=contact_id).delete()


def merge(kept: int, gone: int) -> dict[str, list[int]]:
    """Move invitations and decisions to the kept contact; return their ids."""
    moved = {
        "invitations": list(Invitation.objects.filter(contact_id=gone).values_list("pk", flat=True)),
        "decisions": list(Decision.objects.filter(contact_id=gone).values_list("pk", flat=True)),
    }
    if moved["invitations"]:
        # Who answers by a moved link is looked for under the id of the kept contact.
        Identity.objects.get_or_create(kind="contact", value=str(kept), defaults={"contact_id": kept})
    Invitation.objects.filter(contact_id=gone).update(contact_id=kept)
    Decision.objects.filter(contact_id=gone).update(contact_id=kept)
    return moved


def unmerge(kept: int, gone: int, moved: dict[str, list[int]]) -> None:
    """Move them back."""
    Invitation.objects.filter(pk__in=moved["invitations"], contact_id=kept).update(contact_id=gone)
    Decision.objects.filter(pk__in=moved["decisions"], contact_id=kept).update(contact_id=gone)


HOLDING = Holding(
    room="channels.invitations",
    models=("channels_invitations.Invitation", "channels_invitations.Decision"),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
