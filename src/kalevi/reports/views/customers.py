"""Customers: the list, and one person's page."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kalevi.cases.queries.lists import cases_of_contact
from kalevi.interactions.queries.filters import number_from
from kalevi.people.forms.contacts import AimForm, ConsentForm, Details, EraseForm, MergeForm, StageForm
from kalevi.people.keeping import months_later, periods
from kalevi.people.models import Colleague, Consent, Contact, Side
from kalevi.people.queries import contacts as people
from kalevi.people.queries.keeping import kept_for_colleague
from kalevi.promises.queries.beside import promises_beside
from kalevi.reports.queries.changes import changes_in_words, days_of_acquaintance
from kalevi.reports.queries.curve import curve
from kalevi.reports.queries.customers import known_since, overview_for_colleague, timeline_for_colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import ADMINISTRATORS, LEADERS, STAFF

SEARCHED = "customers.words"


@open_to(STAFF)
def customers(request: HttpRequest) -> HttpResponse:
    """List customers, the newest first, or those whom the words in the session name."""
    searching = request.GET.get("search") == "yes"
    words = request.session.get(SEARCHED, "") if searching else ""
    found, older = people.contacts_for_colleague(words=words, before=number_from(request.GET, "before"))
    kept = "&search=yes" if words else ""
    context = {
        "section": "customers",
        "customers": found,
        "words": words,
        "first": "before" not in request.GET,
        "first_address": reverse("customers") + ("?search=yes" if words else ""),
        "older": f"{reverse('customers')}?before={older}{kept}" if older is not None else "",
    }
    return render(request, "reports/customer/list.html", context)


@open_to(STAFF)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Keep the words in the session and show whom they name, under an address without them."""
    words = " ".join(request.POST.get("words", "").split())[:200]
    if not words:
        request.session.pop(SEARCHED, None)
        return redirect("customers")
    request.session[SEARCHED] = words
    return redirect(reverse("customers") + "?search=yes")


@open_to(STAFF)
def customer(request: HttpRequest, number: int) -> HttpResponse:
    """Show one person; somebody merged into another is found there."""
    try:
        contact = people.contact_for_colleague(number)
    except (Contact.DoesNotExist, OverflowError) as missing:
        raise Http404 from missing
    if contact.merged_into_id is not None:
        return redirect("customer", contact.merged_into_id)
    colleague = cast(Colleague, request.user)
    before = number_from(request.GET, "before")
    rows, older = timeline_for_colleague(colleague, contact, before=before)
    context: dict[str, Any] = {
        "section": "customers",
        "contact": contact,
        "rows": rows,
        "older": f"{reverse('customer', args=[number])}?before={older}" if older is not None else "",
        "first": before is None,
        "staff": True,
    }
    if before is not None:
        return render(request, "reports/customer/timeline.html", context)
    now = timezone.now()
    overview = overview_for_colleague(colleague, contact, now=now, shown=rows)
    account = contact.account
    context |= {
        "overview": overview,
        "curve": curve(overview.felt),
        "changes": changes_in_words(overview.changed),
        "known_for": days_of_acquaintance((now - known_since(contact)).days),
        "aims": people.aims_for_colleague(contact),
        "cases": cases_of_contact(contact.pk),
        "promises": promises_beside(contact.pk) if contact.erasure_id is None else None,
        "people": people.people_of_account(account) if account else None,
        "consents": people.consents_for_colleague(contact),
        "merges": people.merges_for_colleague(contact),
        "kept": kept_for_colleague(contact) if contact.erasure_id is None else None,
        "administrator": colleague.holds(*ADMINISTRATORS),
        "forms": _forms(contact, leader=colleague.holds(*LEADERS)),
    }
    return render(request, "reports/customer/customer.html", context)


def _forms(contact: Contact, *, leader: bool) -> dict[str, Any]:
    details = {name: getattr(contact, name) for name in ("name", "email", "phone", "language", "side")}
    details["account"] = contact.account.name if contact.account else ""
    ends = months_later(timezone.localdate(), min(periods().values()))
    aim = AimForm()
    if contact.account_id is None or contact.side == Side.AUDIENCE:
        del aim.fields["of_account"]
    return {
        "details": Details(initial=details),
        "stage": StageForm(initial={"stage": contact.stage}),
        "aim": aim,
        "consent": ConsentForm(initial={"ends_on": ends, "basis": Consent.Basis.CONSENT}),
        "merge": MergeForm(),
        "erase": EraseForm() if leader else None,
    }
