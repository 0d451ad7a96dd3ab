"""What is done to a customer's own details, stage, wishes and consents; each writes its audit row."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.people.models import Account, Aim, Colleague, Consent, Contact, StageChange


class GoneError(Exception):
    """The contact was erased or merged into another: nothing is done to them any more."""


def _record(action: str, actor: Colleague, contact: Contact, **details: object) -> None:
    record(
        action=f"people.{action}",
        actor_id=actor.pk,
        subject=f"contact:{contact.pk}",
        contact_id=contact.pk,
        **details,
    )


def standing(contact_id: int) -> Contact:
    """Return a contact for a change, locked. Raises Contact.DoesNotExist and GoneError."""
    contact = Contact.objects.select_for_update().get(pk=contact_id)
    if contact.erasure_id is not None or contact.merged_into_id is not None:
        raise GoneError
    return contact


@transaction.atomic
def change_details(
    *,
    actor: Colleague,
    contact_id: int,
    name: str,
    email: str,
    phone: str,
    language: str,
    side: str,
    account: str,
) -> Contact:
    """Store who somebody is and for which organisation they act; one not known yet is made."""
    contact = standing(contact_id)
    before = (contact.account_id, contact.side)
    contact.name, contact.email, contact.phone = name, email, phone
    contact.language, contact.side = language, side
    contact.account = (
        Account.objects.filter(name=account).order_by("pk").first() or Account.objects.create(name=account)
        if account
        else None
    )
    contact.save(update_fields=["name", "email", "phone", "language", "side", "account"])
    _record("change_details", actor, contact, moved=before != (contact.account_id, contact.side))
    return contact


@transaction.atomic
def change_stage(*, actor: Colleague, contact_id: int, stage: str) -> Contact:
    """Move a customership to another stage; the way there stays on the timeline."""
    contact = standing(contact_id)
    if contact.stage != stage:
        before, contact.stage = contact.stage, stage
        contact.save(update_fields=["stage"])
        StageChange.objects.create(contact=contact, stage=stage, at=timezone.now(), actor_id=actor.pk)
        _record("change_stage", actor, contact, before=before, stage=stage)
    return contact


@transaction.atomic
def leave_in_peace(*, actor: Colleague, contact_id: int, wished: bool) -> Contact:
    """Keep the wish to be left in peace, or that it was taken back."""
    contact = standing(contact_id)
    if wished != (contact.in_peace_since is not None):
        contact.in_peace_since = timezone.now() if wished else None
        contact.save(update_fields=["in_peace_since"])
        _record("leave_in_peace", actor, contact, wished=wished)
    return contact


@transaction.atomic
def give_consent(
    *, actor: Colleague, contact_id: int, purpose: str, basis: str, ends_on: date, source: str = ""
) -> Consent:
    """Keep what may be done with a person's data until `ends_on`; it takes the place of what held before."""
    contact, now = standing(contact_id), timezone.now()
    Consent.objects.filter(contact=contact, purpose=purpose, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )
    consent = Consent.objects.create(
        contact=contact, purpose=purpose, basis=basis, given_at=now, ends_on=ends_on, source=source
    )
    _record("give_consent", actor, contact, purpose=purpose, basis=basis, ends_on=ends_on.isoformat())
    return consent


@transaction.atomic
def withdraw_consent(*, actor: Colleague, contact_id: int, purpose: str) -> bool:
    """End what was agreed to for a purpose; return whether anything was."""
    contact = standing(contact_id)
    ended = Consent.objects.filter(contact=contact, purpose=purpose, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    if ended:
        _record("withdraw_consent", actor, contact, purpose=purpose)
    return bool(ended)


@transaction.atomic
def add_aim(*, actor: Colleague, contact_id: int, kind: str, words: str, of_account: bool = False) -> Aim:
    """Keep what somebody aims at, wishes or expects, as told by the colleague who writes it down.

    With `of_account` it is an aim of the organisation; without one it stays the person's own.
    """
    contact = standing(contact_id)
    account = contact.account if of_account else None
    aim = Aim.objects.create(
        contact=None if account else contact,
        account=account,
        kind=kind,
        words=words,
        told_by_colleague_id=actor.pk,
        said_at=timezone.now(),
    )
    _record("add_aim", actor, contact, aim=aim.pk, kind=kind)
    return aim
