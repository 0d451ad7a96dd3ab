"""Promises for tests: a customer, colleagues, and a promise as it would be given."""

from datetime import timedelta
from typing import Any

from kalevi.people.models import Colleague, Contact
from kalevi.promises.actions.giving import give
from kalevi.promises.models import Promise
from kalevi.shell.roles import Role
from tests.saying import NOW

SOON = NOW + timedelta(days=2)


def a_colleague(name: str = "Tuula", role: Role = Role.FRONTLINE) -> Colleague:
    return Colleague.objects.create_user(f"{name.lower()}@example.fi", name=name, role=role, language="en")


def a_contact(name: str = "Mari Meri", **fields: Any) -> Contact:
    return Contact.objects.create(name=name, created_at=NOW, **fields)


def a_promise(giver: Colleague, contact: Contact | None = None, **more: Any) -> Promise:
    values: dict[str, Any] = {"words": "Soitan sinulle.", "due_at": SOON, "by_day": False} | more
    return give(contact=contact or a_contact(), giver=giver, **values)
