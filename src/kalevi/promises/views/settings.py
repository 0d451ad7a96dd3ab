"""Promises to everybody; and a colleague's own calendar link."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.people.models import Colleague
from kalevi.promises import feed
from kalevi.promises.actions.brand import end_brand_promise, store_brand_promise
from kalevi.promises.actions.calendar import end_calendar_link, make_calendar_link
from kalevi.promises.brand_models import BrandPromise, Measure
from kalevi.promises.feed_models import CalendarLink
from kalevi.promises.forms import Brand, begun
from kalevi.promises.queries.measures import shown_for_colleague
from kalevi.shell.access import open_to
from kalevi.shell.middleware import public
from kalevi.shell.roles import LEADERS, STAFF


@open_to(LEADERS)
def brand_promises(request: HttpRequest) -> HttpResponse:
    """Show what we promise everybody, with what shows it."""
    shown = shown_for_colleague(cast(Colleague, request.user), timezone.now())
    return render(request, "promises/brands.html", {"section": "settings", "shown": shown})


@open_to(LEADERS)
def brand_promise(request: HttpRequest, brand_id: int | None = None) -> HttpResponse:
    """Change a promise to everybody, or add one."""
    brand = get_object_or_404(BrandPromise, pk=brand_id, ended_at__isnull=True) if brand_id else None
    form = Brand(request.POST or None, initial=begun(brand))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        store_brand_promise(
            brand=brand,
            words=form.words(),
            touchpoints=told["touchpoints"],
            measure=Measure(told["measure"]),
            minutes=told["minutes"],
            survey=told["survey"],
            question=told["question"],
            theme=told["theme"],
            actor_id=request.user.pk,
        )
        messages.success(request, gettext("Saved."))
        return redirect("brand_promises")
    chosen = len(form["touchpoints"].value() or [])
    context = {"section": "settings", "form": form, "brand": brand, "chosen": chosen}
    return render(request, "promises/brand.html", context, status=422 if form.is_bound else 200)


@open_to(LEADERS)
@require_POST
def end_brand(request: HttpRequest, brand_id: int) -> HttpResponse:
    """Promise it no more."""
    end_brand_promise(brand=get_object_or_404(BrandPromise, pk=brand_id), actor_id=request.user.pk)
    messages.success(request, gettext("We no longer promise it. Promises given under it stay."))
    return redirect("brand_promises")


@open_to(STAFF, words=False)
def promise_calendar(request: HttpRequest) -> HttpResponse:
    """Show, make or end one's own link."""
    reader = cast(Colleague, request.user)
    if request.method == "POST":
        if "end" in request.POST:
            end_calendar_link(colleague=reader)
            messages.success(request, gettext("The link no longer works."))
        else:
            make_calendar_link(colleague=reader)
            messages.success(request, gettext("Here is your link. Keep it to yourself."))
        return redirect("promise_calendar")
    link = CalendarLink.objects.filter(colleague=reader, ended_at__isnull=True).first()
    context = {"section": "settings", "address": feed.address_of(link) if link else ""}
    return render(request, "promises/calendar.html", context)


# The link is the key: a calendar program signs in nowhere.
@public
@require_GET
def promise_feed(request: HttpRequest, text: str) -> HttpResponse:
    """Answer with the calendar of whoever's link it is."""
    link = feed.link_of(text)
    if link is None:
        raise Http404
    response = HttpResponse(
        feed.calendar_of(link.colleague, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="kalevi.ics"'
    return response
