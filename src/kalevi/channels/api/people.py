"""Adding and changing customers and organisations by the ids of their source."""

from datetime import datetime

from kalevi.channels.api import schemas
from kalevi.channels.api.interpreting import plain
from kalevi.channels.api.models import AccountId
from kalevi.people.models import Account, Contact
from kalevi.people.recognition import Person, recognise


def keep_contact(
    one: schemas.Contact, person: Person, account_id: int | None, *, at: datetime
) -> tuple[Contact, bool]:
    """Return a customer with what was sent of them, and whether they were added. In a transaction only."""
    last = Contact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    number = recognise([person], at=at)[0] or 0
    contact = Contact.objects.select_for_update().get(pk=number)
    if contact.account_id is None and not person.account:
        contact.account_id = account_id
    changed = {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
        "side": one.side,
    }
    sent = one.model_fields_set
    for field, value in changed.items():
        if field in sent and value is not None:
            setattr(contact, field, value)
    if account_id is not None:
        contact.account_id = account_id
    elif person.account:
        account = Account.objects.filter(name=person.account).order_by("pk").first()
        contact.account = account or Account.objects.create(name=person.account)
    contact.save(update_fields=[*changed, "account"])
    return contact, contact.pk > last


def keep_account(one: schemas.Account, scope: str) -> tuple[Account, bool]:
    """Return an organisation with what was sent of it, and whether it was added. In a transaction only."""
    known = (
        AccountId.objects.select_related("account").filter(scope=scope, value=plain(one.external_id)).first()
    )
    account = known.account if known else Account()
    account.name = plain(one.name)
    if one.business_id is not None:
        account.business_id = plain(one.business_id)
    if one.line_of_business is not None:
        account.line_of_business = plain(one.line_of_business)
    account.save()
    if known is None:
        AccountId.objects.create(account=account, scope=scope, value=plain(one.external_id))
    return account, known is None
