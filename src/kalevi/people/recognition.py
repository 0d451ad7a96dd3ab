"""Knowing again who somebody is, many at a time: by an address or an id in a source, never by a name alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kalevi.people.models import Account, Contact, Identity, Stage


@dataclass(frozen=True, slots=True)
class Person:
    """Who said it, as far as the source tells: identities are (kind, value), the surest first."""

    identities: tuple[tuple[str, str], ...]
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    account: str = ""


def recognise(people: Sequence[Person | None], *, at: datetime) -> list[int | None]:
    """Return the contact of each person, made where nobody is known by any of the identities.

    A person without identities is nobody in particular: None. Must run inside a transaction.
    """
    wanted = {identity for person in people if person for identity in person.identities}
    if not wanted:
        return [None] * len(people)
    known = _known(wanted)
    fresh: dict[tuple[str, str], Person] = {}
    for person in people:
        if person and person.identities and not any(i in known or i in fresh for i in person.identities):
            fresh[person.identities[0]] = person
    if fresh:
        accounts = _accounts({person.account for person in fresh.values() if person.account})
        made = Contact.objects.bulk_create(
            Contact(
                name=person.name[:200],
                email=person.email[:254],
                phone=person.phone[:40],
                language=person.language[:2],
                account_id=accounts.get(person.account),
                stage=Stage.CUSTOMER,
                created_at=at,
            )
            for person in fresh.values()
        )
        known.update((identity, contact.pk) for identity, contact in zip(fresh, made, strict=True))
        Identity.objects.bulk_create(
            Identity(contact_id=contact.pk, kind=kind, value=value)
            for (kind, value), contact in zip(fresh, made, strict=True)
        )
    found = [_first(person, known) for person in people]
    _remember(people, found, known)
    return found


def _first(person: Person | None, known: dict[tuple[str, str], int]) -> int | None:
    if person is None:
        return None
    return next((known[identity] for identity in person.identities if identity in known), None)


def _remember(
    people: Sequence[Person | None], found: Sequence[int | None], known: dict[tuple[str, str], int]
) -> None:
    """Keep the further identities of people; one that names somebody else already stays theirs."""
    more: dict[tuple[str, str], int] = {}
    for person, contact_id in zip(people, found, strict=True):
        if person is None or contact_id is None:
            continue
        for identity in person.identities:
            if identity not in known and identity not in more:
                more[identity] = contact_id
    if more:
        Identity.objects.bulk_create(
            Identity(contact_id=contact_id, kind=kind, value=value)
            for (kind, value), contact_id in more.items()
        )


def _known(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    by_kind: dict[str, list[str]] = {}
    for kind, value in wanted:
        by_kind.setdefault(kind, []).append(value)
    return {
        (kind, value): contact_id
        for kind, values in by_kind.items()
        for value, contact_id in Identity.objects.filter(kind=kind, value__in=values).values_list(
            "value", "contact_id"
        )
    }


def _accounts(names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    known = dict(Account.objects.filter(name__in=names).values_list("name", "pk"))
    made = Account.objects.bulk_create(Account(name=name[:200]) for name in sorted(names - known.keys()))
    return known | {account.name: account.pk for account in made}
