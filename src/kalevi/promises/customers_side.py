"""What a customer taps about their promises on the page of their matter; that page lives in a room below."""

from django.utils.translation import gettext

from kalevi.promises.actions.keeping import EndedError, keep_customers_verdict, release_by_customer
from kalevi.promises.models import Promise, Theirs
from kalevi.shell.numbers import whole_number

TAP = "promise:"


def take_tap(contact_id: int | None, what: str) -> str:
    """Do what a tap `promise:NUMBER:VERDICT` says of a contact's own promise; return what to say of it.

    The verdict is one of `Theirs` or "released". Empty where it is no such tap, or of nobody's promise.
    """
    told, _colon, verdict = what.removeprefix(TAP).partition(":")
    number = whole_number(told)
    if contact_id is None or number is None:
        return ""
    try:
        if verdict == "released":
            release_by_customer(promise_id=number, contact_id=contact_id)
            return gettext("Thank you for telling. We let it be then.")
        if verdict not in Theirs.values:
            return ""
        keep_customers_verdict(promise_id=number, contact_id=contact_id, verdict=Theirs(verdict))
    except (Promise.DoesNotExist, EndedError):
        return gettext("This has changed already: look below at how it stands.")
    if verdict == Theirs.KEPT:
        return gettext("Good to hear. Thank you for telling.")
    return gettext("Thank you for telling. It stays as you said it.")
