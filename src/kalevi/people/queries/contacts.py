"""Customers as pages and other rooms read them."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from kalevi.people.models import Account, Aim, Consent, Contact, Identity, Merge, Side

PAGE = 40
MOST_PEOPLE = 50


def may_approach(contact: Contact, purpose: str, *, today: date | None = None) -> bool:
    """Return whether we may turn to somebody for a purpose (`Consent.Purpose`).

    A matter of theirs may always be taken care of. Anything else needs a consent that holds today, and
    nothing else is done to somebody who wishes to be left in peace.
    """
    if contact.erasure_id is not None or contact.merged_into_id is not None:
        return False
    if purpose == Consent.Purpose.SERVICE:
        return True
    if contact.in_peace_since is not None:
        return False
    return contact.consents.filter(
        purpose=purpose, withdrawn_at__isnull=True, ends_on__gte=today or timezone.localdate()
    ).exists()


def contacts_for_colleague(*, words: str = "", before: int | None = None) -> tuple[list[Contact], int | None]:
    """Return one page of contacts, newest first, and the id to go on before; every word must be in the name.

    Words with an @ are an e-mail address and match it whole.
    """
    found: QuerySet[Contact] = Contact.objects.filter(erasure__isnull=True, merged_into__isnull=True)
    for word in words.split()[:6]:
        found = found.filter(_named(word))
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.select_related("account").order_by("-pk")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def _named(word: str) -> Q:
    if "@" in word:
        address = word.lower()
        known = Identity.objects.filter(kind="email", value=address).values("contact_id")
        return Q(pk__in=known) | Q(email=address)
    # SQLite folds the case of ASCII letters only.
    forms = {word, word.lower(), word.capitalize(), word.upper()} if not word.isascii() else {word}
    asked = Q()
    for form in forms:
        asked |= Q(name__icontains=form)
    return asked


def contact_for_colleague(number: int) -> Contact:
    """Return a contact with their organisation. Raises Contact.DoesNotExist."""
    return Contact.objects.select_related("account", "erasure", "merged_into").get(pk=number)


def aims_for_colleague(contact: Contact) -> list[Aim]:
    """Return what a contact and their organisation aim at, newest first; erased ones are left out."""
    mine = Q(contact=contact)
    if contact.account_id:
        mine |= Q(account_id=contact.account_id)
    return list(Aim.objects.filter(mine, words__isnull=False).order_by("-said_at", "-pk")[:40])


def people_of_account(account: Account) -> dict[str, list[Contact]]:
    """Return the people of an organisation and its own audience apart, `MOST_PEOPLE` at most each."""
    people = Contact.objects.filter(account=account, erasure__isnull=True, merged_into__isnull=True).order_by(
        "name", "pk"
    )
    return {side.value: list(people.filter(side=side)[:MOST_PEOPLE]) for side in Side}


def consents_for_colleague(contact: Contact) -> list[tuple[str, Consent | None]]:
    """Return every purpose with the consent that stands for it today, if any."""
    standing = {
        consent.purpose: consent
        for consent in contact.consents.filter(withdrawn_at__isnull=True, ends_on__gte=timezone.localdate())
    }
    return [(purpose, standing.get(purpose)) for purpose in Consent.Purpose]


def merges_for_colleague(contact: Contact) -> list[Merge]:
    """Return merges into this contact that can be undone, newest first."""
    return list(
        Merge.objects.filter(kept=contact, undone_at__isnull=True, gone__erasure__isnull=True)
        .select_related("gone")
        .order_by("-at")[:10]
    )
