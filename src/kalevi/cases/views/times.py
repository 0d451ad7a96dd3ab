"""Answer times of organisations and customers: who has their own, and one of them to change."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from kalevi.cases.actions.rules import store_own_targets
from kalevi.cases.clock import targets
from kalevi.cases.rule_forms import OwnTimes
from kalevi.cases.rule_models import Target
from kalevi.people.models import Account, Contact
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS

SHOWN = 200


@open_to(LEADERS, words=True)
def own_times(request: HttpRequest) -> HttpResponse:
    """List the organisations and customers with answer times of their own."""
    own = Target.objects.filter(account=OuterRef("pk"))
    accounts = Account.objects.filter(Exists(own)).order_by("name", "pk")
    theirs = Target.objects.filter(contact=OuterRef("pk"))
    contacts = Contact.objects.filter(Exists(theirs), merged_into__isnull=True).order_by("name", "pk")
    first = Contact.objects.filter(
        account__in=accounts[:SHOWN], merged_into__isnull=True, erasure__isnull=True
    )
    any_of = {one.account_id: one.pk for one in first.only("account_id").order_by("-pk")}
    context = {
        "section": "settings",
        "accounts": [(one, any_of.get(one.pk)) for one in accounts[:SHOWN]],
        "contacts": contacts[:SHOWN],
    }
    return render(request, "cases/times.html", context)


@open_to(LEADERS, words=True)
def customer_times(request: HttpRequest, contact_id: int) -> HttpResponse:
    """Show and change the times of one customer, and of the organisation they act for."""
    living = Contact.objects.filter(merged_into__isnull=True, erasure__isnull=True)
    contact = get_object_or_404(living.select_related("account"), pk=contact_id)
    known, given = targets(), request.POST or None
    forms = [OwnTimes(given, whose="contact", number=contact.pk, known=known)]
    if contact.account is not None:
        forms.append(OwnTimes(given, whose="account", number=contact.account.pk, known=known))
    if given and not [form for form in forms if not form.is_valid()]:
        for form in forms:
            store_own_targets(
                whose=form.whose, number=form.number, minutes=form.cleaned_data, actor_id=request.user.pk
            )
        messages.success(request, gettext("Saved. New cases go by it from now on."))
        return redirect("own_times")
    context = {"section": "settings", "contact": contact, "forms": forms}
    return render(request, "cases/customer_times.html", context, status=422 if given else 200)
