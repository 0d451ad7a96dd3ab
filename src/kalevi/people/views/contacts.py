"""What is done on a customer's page; each answers by going back to it."""

import json
from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.people import erasing
from kalevi.people.actions import contacts as actions
from kalevi.people.actions.exporting import export_person
from kalevi.people.actions.merging import SamePersonError, merge_contacts, undo_merge
from kalevi.people.forms.contacts import AimForm, ConsentForm, Details, EraseForm, MergeForm, StageForm
from kalevi.people.models import Colleague, Consent, Contact, Merge, Reason
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS, STAFF


def _colleague(request: HttpRequest) -> Colleague:
    return cast(Colleague, request.user)


def _done(request: HttpRequest, number: int, change: Callable[[], Any], said: str) -> HttpResponse:
    try:
        change()
    except (Contact.DoesNotExist, Merge.DoesNotExist) as missing:
        raise Http404 from missing
    except actions.GoneError:
        messages.error(request, gettext("This contact has been erased or merged; nothing was changed."))
    except SamePersonError:
        messages.error(request, gettext("That is the same contact."))
    else:
        messages.success(request, said)
    return redirect("customer", number)


def _faulty(request: HttpRequest, number: int, form: forms.Form) -> HttpResponse:
    for field, faults in form.errors.items():
        label = form.fields[field].label if field in form.fields else ""
        said = " ".join(str(fault) for fault in faults)
        messages.error(request, f"{label}: {said}" if label else said)
    return redirect("customer", number)


@open_to(STAFF)
@require_POST
def change_details(request: HttpRequest, number: int) -> HttpResponse:
    """Store who somebody is."""
    form = Details(request.POST)
    if not form.is_valid():
        return _faulty(request, number, form)
    return _done(
        request,
        number,
        lambda: actions.change_details(actor=_colleague(request), contact_id=number, **form.cleaned_data),
        gettext("The details were saved."),
    )


@open_to(STAFF)
@require_POST
def change_stage(request: HttpRequest, number: int) -> HttpResponse:
    """Move the customership to another stage."""
    form = StageForm(request.POST)
    if not form.is_valid():
        return _faulty(request, number, form)
    return _done(
        request,
        number,
        lambda: actions.change_stage(
            actor=_colleague(request), contact_id=number, stage=form.cleaned_data["stage"]
        ),
        gettext("The stage was changed."),
    )


@open_to(STAFF)
@require_POST
def in_peace(request: HttpRequest, number: int) -> HttpResponse:
    """Keep the wish to be left in peace, or take it away when they took it back."""
    wished = request.POST.get("wished") == "yes"
    return _done(
        request,
        number,
        lambda: actions.leave_in_peace(actor=_colleague(request), contact_id=number, wished=wished),
        gettext("We leave them in peace.") if wished else gettext("They may be approached again."),
    )


@open_to(STAFF)
@require_POST
def add_aim(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what they aim at."""
    form = AimForm(request.POST)
    if not form.is_valid():
        return _faulty(request, number, form)
    return _done(
        request,
        number,
        lambda: actions.add_aim(actor=_colleague(request), contact_id=number, **form.cleaned_data),
        gettext("It is kept, in their words."),
    )


@open_to(STAFF)
@require_POST
def give_consent(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what they agreed to."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _faulty(request, number, form)
    return _done(
        request,
        number,
        lambda: actions.give_consent(actor=_colleague(request), contact_id=number, **form.cleaned_data),
        gettext("The consent was saved."),
    )


@open_to(STAFF)
@require_POST
def withdraw_consent(request: HttpRequest, number: int) -> HttpResponse:
    """End what they agreed to."""
    purpose = request.POST.get("purpose", "")
    if purpose not in Consent.Purpose.values:
        raise Http404
    return _done(
        request,
        number,
        lambda: actions.withdraw_consent(actor=_colleague(request), contact_id=number, purpose=purpose),
        gettext("The consent was withdrawn."),
    )


@open_to(STAFF)
@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Merge another contact into this one."""
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _faulty(request, number, form)
    other = form.cleaned_data["other"]
    if not Contact.objects.filter(pk=other).exists():
        messages.error(request, gettext("There is no contact with that number."))
        return redirect("customer", number)
    return _done(
        request,
        number,
        lambda: merge_contacts(actor=_colleague(request), kept_id=number, gone_id=other),
        gettext("They are one person now. You can undo it below."),
    )


@open_to(STAFF)
@require_POST
def unmerge(request: HttpRequest, number: int, merge_id: int) -> HttpResponse:
    """Make two contacts of one again."""
    if not Merge.objects.filter(pk=merge_id, kept_id=number).exists():
        raise Http404
    return _done(
        request,
        number,
        lambda: undo_merge(actor=_colleague(request), merge_id=merge_id),
        gettext("They are two people again."),
    )


@open_to(STAFF)
@require_POST
def export(request: HttpRequest, number: int) -> HttpResponse:
    """Give everything we know as one JSON file."""
    try:
        known = export_person(actor=_colleague(request), contact_id=number)
    except Contact.DoesNotExist as missing:
        raise Http404 from missing
    body = json.dumps(known, ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="contact-{number}.json"'
    return response


@open_to(LEADERS)
@require_POST
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase a person from every copy, once it has been confirmed."""
    form = EraseForm(request.POST)
    if not form.is_valid():
        return _faulty(request, number, form)
    if not Contact.objects.filter(pk=number, erasure__isnull=True, merged_into__isnull=True).exists():
        raise Http404
    erasing.erase(kind="contact", number=number, reason=Reason.REQUEST, actor_id=_colleague(request).pk)
    messages.success(request, gettext("Everything they said and everything that names them has been erased."))
    return redirect("customer", number)
