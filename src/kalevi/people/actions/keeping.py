"""How long words are kept: changing a period, and prolonging for one person; each writes its audit row."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.people.actions.contacts import give_consent
from kalevi.people.keeping import periods
from kalevi.people.keeping_models import Ending, Keeping
from kalevi.people.models import Colleague, Consent


@transaction.atomic
def change_periods(*, actor: Colleague, months: Mapping[str, int]) -> None:
    """Store the months of each purpose; what a longer one keeps is taken from the notices by the next job."""
    before = periods()
    for purpose, count in months.items():
        if before[purpose] != count:
            Keeping.objects.update_or_create(purpose=purpose, defaults={"months": count})
            record(
                action="people.change_period",
                actor_id=actor.pk,
                subject=f"purpose:{purpose}",
                before=before[purpose],
                months=count,
            )


@transaction.atomic
def prolong(*, actor: Colleague, contact_id: int, basis: str, until: date, reason: str) -> Consent:
    """Keep one person until a day, on a legal basis and for a reason, which both stand on their page.

    Raises Contact.DoesNotExist and GoneError.
    """
    kept = give_consent(
        actor=actor,
        contact_id=contact_id,
        purpose=Consent.Purpose.SERVICE,
        basis=basis,
        ends_on=until,
        source=reason,
    )
    Ending.objects.filter(kind=Ending.Kind.CONTACT, number=contact_id, on__lte=until).delete()
    return kept
