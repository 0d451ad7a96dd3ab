"""Knowing again who somebody is, many at a time: by an address or a source's id, never by a name alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from kalevi.guards.rows import adapt_datetime, insert_rows, next_ids
from kalevi.people.models import Account, Side, Stage

_CONTACT = (
    "id",
    "name",
    "email",
    "phone",
    "language",
    "account_id",
    "side",
    "stage",
    "created_at",
)
_MOST = 5_000  # values in one question, well under what either database takes


class Person(NamedTuple):
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
    fresh: list[Person] = []
    place: dict[tuple[str, str], int] = {}
    for person in people:
        if person is None or not person.identities or any(i in known for i in person.identities):
            continue
        # Two rows of one batch may name the same person by different identities.
        number = next((place[i] for i in person.identities if i in place), len(fresh))
        if number == len(fresh):
            fresh.append(person)
        for identity in person.identities:
            place.setdefault(identity, number)
    if fresh:
        ids = _make(fresh, at)
        known |= {identity: ids[number] for identity, number in place.items()}
        _remember((identity, ids[number]) for identity, number in place.items())
    found = [_first(person, known) for person in people]
    more: dict[tuple[str, str], int] = {}
    for person, contact_id in zip(people, found, strict=True):
        if person is not None and contact_id is not None:
            # An identity that names somebody else already stays theirs.
            more |= {i: contact_id for i in person.identities if i not in known and i not in more}
    _remember(more.items())
    return found


def _first(person: Person | None, known: dict[tuple[str, str], int]) -> int | None:
    if person is None:
        return None
    return next((known[identity] for identity in person.identities if identity in known), None)


def _make(people: Sequence[Person], at: datetime) -> Sequence[int]:
    accounts = _accounts({person.account for person in people if person.account})
    ids = next_ids("people_contact", len(people))
    moment = adapt_datetime(at)
    insert_rows(
        "people_contact",
        _CONTACT,
        [
            (
                number,
                person.name[:200],
                person.email[:254],
                person.phone[:40],
                person.language[:2],
                accounts.get(person.account),
                Side.CUSTOMER.value,
                Stage.CUSTOMER.value,
                moment,
            )
            for number, person in zip(ids, people, strict=True)
        ],
    )
    return ids


def _remember(identities: Iterable[tuple[tuple[str, str], int]]) -> None:
    insert_rows(
        "people_identity",
        ("contact_id", "kind", "value"),
        [(contact_id, kind, value) for (kind, value), contact_id in identities],
    )


def _known(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    by_kind: dict[str, list[str]] = {}
    for kind, value in wanted:
        by_kind.setdefault(kind, []).append(value)
    found: dict[tuple[str, str], int] = {}
    with connection.cursor() as cursor:
        for kind, values in by_kind.items():
            for start in range(0, len(values), _MOST):
                some = values[start : start + _MOST]
                places = ", ".join(["%s"] * len(some))
                cursor.execute(
                    "SELECT value, contact_id FROM people_identity"  # noqa: S608  only placeholders
                    f" WHERE kind = %s AND value IN ({places})",
                    [kind, *some],
                )
                found.update(((kind, value), contact_id) for value, contact_id in cursor.fetchall())
    return found


def _accounts(names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    wanted = {name: name[:200] for name in names}
    known = dict(Account.objects.filter(name__in=set(wanted.values())).values_list("name", "pk"))
    missing = sorted({name for name in wanted.values() if name not in known})
    known |= {account.name: account.pk for account in Account.objects.bulk_create(map(_account, missing))}
    return {name: known[short] for name, short in wanted.items()}


def _account(name: str) -> Account:
    return Account(name=name)
