"""What is done to colleagues: inviting, welcoming, changing roles; each writes its audit row."""

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.people.models import Colleague


@transaction.atomic
def change_own_details(*, colleague: Colleague, name: str, language: str) -> Colleague:
    """Store a colleague's own name and language."""
    colleague.name, colleague.language = name, language
    colleague.save(update_fields=["name", "language"])
    record(action="people.change_own_details", actor_id=colleague.pk, subject=f"colleague:{colleague.pk}")
    return colleague
