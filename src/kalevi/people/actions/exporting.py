"""Everything we know of a person, for the person."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.people import holdings
from kalevi.people.models import Colleague, Contact


@transaction.atomic
def export_person(*, actor: Colleague, contact_id: int) -> dict[str, Any]:
    """Return what every room holds of a contact, by room, ready for JSON. Raises Contact.DoesNotExist."""
    contact = Contact.objects.get(pk=contact_id)
    record(
        action="people.export",
        actor_id=actor.pk,
        subject=f"contact:{contact.pk}",
        contact_id=contact.pk,
    )
    known = {holding.room: holding.export(contact.pk) for holding in holdings.holdings()}
    return {"exported_at": timezone.now().isoformat(), **known}
