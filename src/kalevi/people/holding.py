"""What this room itself holds of a person: who they are, by what we know them, what they agreed to."""

from typing import Any

from kalevi.people.holdings import Holding
from kalevi.people.keeping_models import Ending
from kalevi.people.models import Aim, Consent, Contact, Erasure, Identity, Merge, StageChange

FILLED = ("name", "email", "phone", "language")


def export(contact_id: int) -> dict[str, Any]:
    """Return everything about a contact, ready for JSON."""
    contact = Contact.objects.select_related("account").get(pk=contact_id)
    ending = Ending.objects.filter(kind=Ending.Kind.CONTACT, number=contact_id).first()
    return {
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "language": contact.language,
        "account": contact.account.name if contact.account else None,
        "side": contact.side,
        "stage": contact.stage,
        "known_since": contact.created_at.isoformat(),
        "will_be_erased_on": ending and ending.on.isoformat(),
        "wishes_to_be_left_in_peace_since": contact.in_peace_since and contact.in_peace_since.isoformat(),
        "known_by": [{"kind": i.kind, "value": i.value} for i in contact.identities.order_by("pk")],
        "stages": [
            {"stage": change.stage, "at": change.at.isoformat()}
            for change in contact.stage_changes.order_by("at")
        ],
        "aims": [
            {
                "kind": aim.kind,
                "words": aim.words,
                "said_at": aim.said_at.isoformat(),
                "told_by_a_colleague": aim.told_by_colleague_id is not None,
            }
            for aim in contact.aims.order_by("said_at")
        ],
        "consents": [
            {
                "purpose": consent.purpose,
                "basis": consent.basis,
                "given_at": consent.given_at.isoformat(),
                "ends_on": consent.ends_on.isoformat(),
                "withdrawn_at": consent.withdrawn_at and consent.withdrawn_at.isoformat(),
                "reason": consent.source,
            }
            for consent in contact.consents.order_by("given_at")
        ],
    }


def erase(contact_id: int, erasure: Erasure) -> None:
    """Blank a contact; the empty row stays, so that what happened keeps its place."""
    Identity.objects.filter(contact_id=contact_id).delete()
    Consent.objects.filter(contact_id=contact_id).delete()
    StageChange.objects.filter(contact_id=contact_id).delete()
    Aim.objects.filter(contact_id=contact_id, erasure__isnull=True).update(words=None, erasure=erasure)
    Merge.objects.filter(kept_id=contact_id).update(moved={})
    Ending.objects.filter(kind=Ending.Kind.CONTACT, number=contact_id).delete()
    Contact.objects.filter(pk=contact_id, erasure__isnull=True).update(
        name="", email="", phone="", language="", account=None, in_peace_since=None, erasure=erasure
    )


def merge(kept: int, gone: int) -> dict[str, Any]:
    """Move what is known of `gone` to `kept`; fill what `kept` lacks, and remember what was filled."""
    mine, other = Contact.objects.get(pk=kept), Contact.objects.get(pk=gone)
    filled = [name for name in FILLED if not getattr(mine, name) and getattr(other, name)]
    for name in filled:
        setattr(mine, name, getattr(other, name))
    if mine.account_id is None and other.account_id is not None:
        mine.account_id = other.account_id
        filled.append("account_id")
    # A wish to be left in peace holds for the whole person.
    if mine.in_peace_since is None and other.in_peace_since is not None:
        mine.in_peace_since = other.in_peace_since
        filled.append("in_peace_since")
    mine.save(update_fields=filled)
    held = Consent.objects.filter(contact_id=kept, withdrawn_at__isnull=True).values_list(
        "purpose", flat=True
    )
    consents = Consent.objects.filter(contact_id=gone).exclude(
        withdrawn_at__isnull=True, purpose__in=list(held)
    )
    moved: dict[str, Any] = {
        "filled": filled,
        "identities": _moved(Identity.objects.filter(contact_id=gone), kept),
        "stages": _moved(StageChange.objects.filter(contact_id=gone), kept),
        "aims": _moved(Aim.objects.filter(contact_id=gone), kept),
        "consents": _moved(consents, kept),
    }
    return moved


def _moved(rows: Any, kept: int) -> list[int]:
    numbers = list(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=numbers).update(contact_id=kept)
    return numbers


def unmerge(kept: int, gone: int, moved: dict[str, Any]) -> None:
    """Move it back; what was filled in and has not been changed since is taken away again."""
    mine, other = Contact.objects.get(pk=kept), Contact.objects.get(pk=gone)
    taken = [name for name in moved.get("filled", ()) if getattr(mine, name) == getattr(other, name)]
    for name in taken:
        setattr(mine, name, "" if name in FILLED else None)
    mine.save(update_fields=taken)
    models = {"identities": Identity, "stages": StageChange, "aims": Aim, "consents": Consent}
    for name, model in models.items():
        model._default_manager.filter(pk__in=moved.get(name, ()), contact_id=kept).update(contact_id=gone)


HOLDING = Holding(
    room="people",
    models=(
        "people.Contact",
        "people.Identity",
        "people.StageChange",
        "people.Aim",
        "people.Consent",
        "people.Ending",
        "people.Merge",
    ),
    export=export,
    erase=erase,
    merge=merge,
    unmerge=unmerge,
)
