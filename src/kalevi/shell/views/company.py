"""Settings of the company: its name, language, zone and calendar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kalevi.shell.access import open_to
from kalevi.shell.actions import change_calendar, change_company, close_days
from kalevi.shell.calendar import BusinessCalendar, public_holidays
from kalevi.shell.forms import CalendarForm, ClosedDaysForm, CompanyForm
from kalevi.shell.queries import company
from kalevi.shell.roles import ADMINISTRATORS, LEADERS
from kalevi.shell.templatetags.kalevi import reader_language


@open_to(ADMINISTRATORS)
def company_settings(request: HttpRequest) -> HttpResponse:
    """Show and change name, language and zone."""
    now = company()
    initial = {"name": now.name, "language": now.language, "time_zone": now.time_zone}
    form = CompanyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_company(actor_id=request.user.pk, **form.cleaned_data)
        messages.success(request, gettext("The company’s details were saved."))
        return redirect("settings")
    return render(request, "shell/company.html", {"section": "settings", "form": form})


@open_to(LEADERS)
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """Show and change opening hours and closed days, with the public holidays of this year and the next."""
    form = CalendarForm(request.POST or None, calendar=BusinessCalendar.of(company()))
    if request.method == "POST" and form.is_valid():
        change_calendar(
            hours=form.hours(),
            closed_days=form.cleaned_data["closed_days"],
            special_days=form.cleaned_data["special_days"],
            open_on_public_holidays=form.cleaned_data["open_on_public_holidays"],
            actor_id=request.user.pk,
        )
        messages.success(request, gettext("The calendar was saved."))
        return redirect("calendar_settings")
    return _calendar_page(request, form, ClosedDaysForm())


@open_to(LEADERS)
@require_POST
def closed_days_from_file(request: HttpRequest) -> HttpResponse:
    """Add the days of a calendar file to the closed ones."""
    given = ClosedDaysForm(request.POST, request.FILES)
    if not given.is_valid():
        return _calendar_page(request, CalendarForm(calendar=BusinessCalendar.of(company())), given)
    found = given.cleaned_data["calendar"]
    added = close_days(days=found.days, actor_id=request.user.pk)
    said = ngettext("%(count)s closed day was added.", "%(count)s closed days were added.", added)
    messages.success(request, said % {"count": added})
    if found.with_a_time:
        said = ngettext(
            "%(count)s event with a time of day was passed over.",
            "%(count)s events with a time of day were passed over.",
            found.with_a_time,
        )
        messages.info(request, said % {"count": found.with_a_time})
    return redirect("calendar_settings")


def _calendar_page(request: HttpRequest, form: CalendarForm, file: ClosedDaysForm) -> HttpResponse:
    today = timezone.localdate()
    coming = [
        (day, name)
        for year in (today.year, today.year + 1)
        for day, name in public_holidays(year, reader_language()).items()
        if day >= today
    ][:16]
    context = {"section": "settings", "form": form, "file": file, "coming": coming}
    return render(request, "shell/calendar.html", context)
