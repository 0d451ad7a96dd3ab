"""Customers and organisations: adding and changing them by your own ids, reading, export, erasure."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from kalevi.audit.actions import record
from kalevi.channels.api import outgoing, presenting, schemas
from kalevi.channels.api.auth import caller, needs, scope_of
from kalevi.channels.api.bodies import body_of, parsed
from kalevi.channels.api.endpoints.answers import PROBLEMS, answer, answered, number, takes
from kalevi.channels.api.idempotency import Done, once
from kalevi.channels.api.interpreting import accounts_known_as, person_of, plain
from kalevi.channels.api.models import Token
from kalevi.channels.api.people import keep_account, keep_contact
from kalevi.channels.api.problems import ProblemError, invalid
from kalevi.channels.api.wording import message
from kalevi.people import holdings
from kalevi.people.erasing import erase
from kalevi.people.models import Account, Contact, Identity, Reason

router = Router(tags=["Customers and organisations"])


def _record(action: str, token: Token, subject: str, contact_id: int | None = None) -> None:
    record(action=f"api.{action}", actor_id=None, subject=subject, contact_id=contact_id, token=token.pk)


def _contact(text: str) -> Contact:
    found = Contact.objects.select_related("merged_into", "erasure").filter(pk=number(text)).first()
    if found is None:
        raise ProblemError("not-found")
    return found


def _whole_person(text: str) -> Contact:
    """Return the contact into which another was merged, since that one has everything now."""
    found = _contact(text)
    while found.merged_into is not None:
        found = found.merged_into
    return found


@router.post(
    "/contacts",
    response={200: outgoing.ContactReceipt, 201: outgoing.ContactReceipt, **PROBLEMS},
    summary="Add or change a customer",
    openapi_extra=takes(schemas.Contact),
)
@needs("contacts:write")
def post_contact(request: HttpRequest) -> HttpResponse:
    """Add a customer, or change the one who is known by `external_id`, `email` or `phone`, in this order.

    Only the fields that you send are changed. A customer who was erased comes back as a new one.
    """
    raw = body_of(request)
    one, token = parsed(schemas.CONTACT, raw), caller(request)
    person = person_of(one, scope_of(token))
    if person is None:
        raise invalid("/", "no_identity", message("no_identity"))

    def do() -> Done:
        account_id = None
        if one.account_external_id:
            known = accounts_known_as(scope_of(token), {plain(one.account_external_id)})
            account_id = next(iter(known.values()), None)
            if account_id is None:
                raise invalid("/account_external_id", "unknown_account", message("unknown_account"))
        contact, added = keep_contact(one, person, account_id, at=timezone.now())
        _record("keep_contact", token, f"contact:{contact.pk}", contact.pk)
        return Done(201 if added else 200, {"id": str(contact.pk), "status": "added" if added else "known"})

    return answered(once(request, raw, do))


@router.post(
    "/contacts/find",
    response={200: outgoing.ContactOut, **PROBLEMS},
    summary="Find a customer by your id, e-mail or phone",
    openapi_extra=takes(schemas.Asked),
)
@needs("contacts:read")
def find_contact(request: HttpRequest) -> HttpResponse:
    """Return a customer. It is asked by POST, so that nothing personal stands in an address or a log."""
    asked, scope = parsed(schemas.ASKED, body_of(request)), scope_of(caller(request))
    asked_for = schemas.PERSON.validate_python(asked.model_dump())
    person = person_of(asked_for, scope)
    for kind, value in person.identities if person else ():
        known = Identity.objects.select_related("contact").filter(kind=kind, value=value).first()
        if known is not None:
            return answer(presenting.contact(known.contact, scope))
    raise ProblemError("not-found")


@router.get(
    "/contacts/{contact_id}", response={200: outgoing.ContactOut, **PROBLEMS}, summary="Read a customer"
)
@needs("contacts:read")
def get_contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    """Return a customer by our id, as it stands in receipts and interactions."""
    return answer(presenting.contact(_contact(contact_id), scope_of(caller(request))))


@router.get(
    "/contacts/{contact_id}/export",
    response={200: outgoing.Export, **PROBLEMS},
    summary="Fetch everything that is known of a customer",
)
@needs("contacts:export")
def export_contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    """Return what every part of Kalevi holds of a customer, for the customer. It stands in the audit."""
    contact = _whole_person(contact_id)
    _record("export", caller(request), f"contact:{contact.pk}", contact.pk)
    known = {holding.room: holding.export(contact.pk) for holding in holdings.holdings()}
    return answer({"exported_at": timezone.now().isoformat(), **known})


@router.post(
    "/contacts/{contact_id}/erasure",
    response={200: outgoing.ErasureOut, **PROBLEMS},
    summary="Erase a customer",
)
@needs("contacts:erase")
def erase_contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    """Erase a customer and all they said, at once, for good and from every copy. It cannot be undone.

    Somebody who is erased already stays so: the answer then tells when it was done.
    """
    contact = _whole_person(contact_id)
    if contact.erasure is None:
        _record("erase", caller(request), f"contact:{contact.pk}", contact.pk)
        erasure = erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    else:
        erasure = contact.erasure
    return answer({"id": str(contact.pk), "erased_at": erasure.at.isoformat()})


@router.post(
    "/accounts",
    response={200: outgoing.ContactReceipt, 201: outgoing.ContactReceipt, **PROBLEMS},
    summary="Add or change an organisation",
    openapi_extra=takes(schemas.Account),
)
@needs("accounts:write")
def post_account(request: HttpRequest) -> HttpResponse:
    """Add an organisation, or change the one that you know by `external_id`."""
    raw = body_of(request)
    one, token = parsed(schemas.ACCOUNT, raw), caller(request)

    def do() -> Done:
        account, added = keep_account(one, scope_of(token))
        _record("keep_account", token, f"account:{account.pk}")
        return Done(201 if added else 200, {"id": str(account.pk), "status": "added" if added else "known"})

    return answered(once(request, raw, do))


@router.post(
    "/accounts/find",
    response={200: outgoing.AccountOut, **PROBLEMS},
    summary="Find an organisation by your id",
    openapi_extra=takes(schemas.AskedAccount),
)
@needs("accounts:read")
def find_account(request: HttpRequest) -> HttpResponse:
    """Return an organisation."""
    asked, scope = parsed(schemas.ASKED_ACCOUNT, body_of(request)), scope_of(caller(request))
    value = plain(asked.external_id)
    number_of = accounts_known_as(scope, {value}).get(value)
    if number_of is None:
        raise ProblemError("not-found")
    return answer(presenting.account(Account.objects.get(pk=number_of), scope))


@router.get(
    "/accounts/{account_id}", response={200: outgoing.AccountOut, **PROBLEMS}, summary="Read an organisation"
)
@needs("accounts:read")
def get_account(request: HttpRequest, account_id: str) -> HttpResponse:
    """Return an organisation by our id."""
    found = Account.objects.filter(pk=number(account_id)).first()
    if found is None:
        raise ProblemError("not-found")
    return answer(presenting.account(found, scope_of(caller(request))))
