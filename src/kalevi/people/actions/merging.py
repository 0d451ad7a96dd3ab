"""Two contacts that are one person: merging them, and undoing it."""

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.people import holdings
from kalevi.people.actions.contacts import GoneError, standing
from kalevi.people.models import Colleague, Contact, Merge


class SamePersonError(Exception):
    """A contact cannot be merged into itself."""


@transaction.atomic
def merge_contacts(*, actor: Colleague, kept_id: int, gone_id: int) -> Merge:
    """Move what every room holds of one contact to another. Raises SamePersonError and GoneError."""
    if kept_id == gone_id:
        raise SamePersonError
    # Always in the same order, so that two merges at once wait for each other and do not lock up.
    first, second = standing(min(kept_id, gone_id)), standing(max(kept_id, gone_id))
    kept, gone = (first, second) if first.pk == kept_id else (second, first)
    moved = {holding.room: holding.merge(kept.pk, gone.pk) for holding in holdings.holdings()}
    Contact.objects.filter(pk=gone.pk).update(merged_into=kept)
    merge = Merge.objects.create(kept=kept, gone=gone, at=timezone.now(), actor_id=actor.pk, moved=moved)
    _record("merge_contacts", actor, merge)
    return merge


@transaction.atomic
def undo_merge(*, actor: Colleague, merge_id: int) -> Merge:
    """Make two contacts of one again, with what each had. Raises GoneError when it is too late."""
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    standing(merge.kept_id)
    gone = Contact.objects.select_for_update().get(pk=merge.gone_id)
    if merge.undone_at is not None or gone.merged_into_id != merge.kept_id or gone.erasure_id is not None:
        raise GoneError
    for holding in holdings.holdings():
        if holding.room in merge.moved:
            holding.unmerge(merge.kept_id, merge.gone_id, merge.moved[holding.room])
    Contact.objects.filter(pk=merge.gone_id).update(merged_into=None)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _record("undo_merge", actor, merge)
    return merge


def _record(action: str, actor: Colleague, merge: Merge) -> None:
    record(
        action=f"people.{action}",
        actor_id=actor.pk,
        subject=f"merge:{merge.pk}",
        contact_id=merge.kept_id,
        gone=merge.gone_id,
    )
