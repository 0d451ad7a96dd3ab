"""Shifts, languages and days away: one's own, and for leaders everybody's; and what some of us know."""

from typing import cast

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from kalevi.cases.actions.shifts import be_away, come_back, end_skill, store_skill, store_week
from kalevi.cases.models import LIVE, Case
from kalevi.cases.shift_forms import DaysAway, Knowing, Weekly
from kalevi.cases.shift_models import Away, Shift, Skill, Speaks
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS, STAFF


@open_to(STAFF, words=False)
def shifts(request: HttpRequest) -> HttpResponse:
    """Show and change when one is here oneself."""
    return _week(request, cast(Colleague, request.user))


@open_to(LEADERS)
def shifts_of(request: HttpRequest, colleague_id: int) -> HttpResponse:
    """Show and change when a colleague is here."""
    return _week(request, get_object_or_404(Colleague.objects.here(STAFF), pk=colleague_id))


def _week(request: HttpRequest, colleague: Colleague) -> HttpResponse:
    own, actor_id = colleague.pk == request.user.pk, cast(int, request.user.pk)
    hours = {one.weekday: (one.begins, one.ends) for one in Shift.objects.filter(colleague=colleague)}
    spoken = list(Speaks.objects.filter(colleague=colleague).values_list("language", flat=True))
    asked = request.POST.get("part") if request.method == "POST" else ""
    initial = {"languages": spoken or [colleague.language]}
    weekly = Weekly(request.POST if asked == "week" else None, hours=hours, initial=initial)
    away = DaysAway(request.POST if asked == "away" else None)
    here = redirect("shifts") if own else redirect("shifts_of", colleague.pk)
    if asked == "week" and weekly.is_valid():
        languages = weekly.cleaned_data["languages"]
        store_week(colleague=colleague, hours=weekly.hours(), languages=languages, actor_id=actor_id)
        messages.success(request, gettext("Saved. New cases go by it from now on."))
        return here
    if asked == "away" and away.is_valid():
        be_away(colleague=colleague, actor_id=actor_id, **away.cleaned_data)
        messages.success(request, gettext("Noted. New cases go to others on these days."))
        if own:
            _tell_carried(request, colleague)
        return here
    leads = cast(Colleague, request.user).holds(*LEADERS)
    others = Colleague.objects.here(STAFF).exclude(pk=colleague.pk).order_by("name") if leads else ()
    context = {
        "section": "settings",
        "colleague": colleague,
        "own": own,
        "weekly": weekly,
        "away": away,
        "aways": Away.objects.filter(colleague=colleague, ends_on__gte=timezone.localdate()).order_by(
            "begins_on"
        ),
        "others": others,
    }
    return render(request, "cases/shifts.html", context)


def _tell_carried(request: HttpRequest, colleague: Colleague) -> None:
    """Say how many cases stay with who goes away: handing over needs the other's word.

    What nobody was handed and is due meanwhile is told to those who could step in (`absent`).
    """
    carried = Case.objects.filter(owner=colleague, state__in=LIVE).count()
    if carried:
        told = ngettext(
            "%(n)s open case stays with you: hand over what cannot wait.",
            "%(n)s open cases stay with you: hand over what cannot wait.",
            carried,
        )
        rest = gettext("Who leads hears the day before of what is due meanwhile, and can take it.")
        messages.info(request, f"{told % {'n': carried}} {rest}")


@open_to(STAFF, words=False)
@require_POST
def end_away(request: HttpRequest, away_id: int) -> HttpResponse:
    """Take days away back; one's own, or as a leader anybody's."""
    reader = cast(Colleague, request.user)
    found = Away.objects.all() if reader.holds(*LEADERS) else Away.objects.filter(colleague=reader)
    away = get_object_or_404(found, pk=away_id)
    come_back(away=away, actor_id=reader.pk)
    return redirect("shifts") if away.colleague_id == reader.pk else redirect("shifts_of", away.colleague_id)


@open_to(LEADERS)
def skills(request: HttpRequest) -> HttpResponse:
    """List what some of us know, and add to it."""
    return _skill(request, None)


@open_to(LEADERS)
def one_skill(request: HttpRequest, skill_id: int) -> HttpResponse:
    """Show and change one skill."""
    return _skill(request, get_object_or_404(Skill, pk=skill_id))


def _skill(request: HttpRequest, skill: Skill | None) -> HttpResponse:
    initial = {
        "name": skill.name,
        "themes": skill.themes,
        "whys": skill.whys,
        "touchpoints": [str(one.pk) for one in skill.touchpoints.all()],
        "holders": [str(one.pk) for one in skill.holders.all()],
    } if skill else {}  # fmt: skip
    form = Knowing(
        request.POST or None,
        touchpoints=list(Touchpoint.objects.filter(active=True, within_reach=True)),
        colleagues=list(Colleague.objects.here(STAFF).order_by("name")),
        skill=skill,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        told = {"touchpoints": []} | form.cleaned_data
        store_skill(skill=skill, actor_id=cast(int, request.user.pk), **told)
        messages.success(request, gettext("Saved. New cases go by it from now on."))
        return redirect("skills")
    named = Prefetch("holders", queryset=Colleague.objects.order_by("name"))
    context = {
        "section": "settings",
        "form": form,
        "skill": skill,
        "skills": Skill.objects.prefetch_related(named).order_by("name"),
    }
    return render(request, "cases/skill.html" if skill else "cases/skills.html", context)


@open_to(LEADERS)
@require_POST
def remove_skill(request: HttpRequest, skill_id: int) -> HttpResponse:
    """Remove a skill."""
    end_skill(skill=get_object_or_404(Skill, pk=skill_id), actor_id=cast(int, request.user.pk))
    return redirect("skills")
