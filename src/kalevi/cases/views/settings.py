"""What opens a case, how soon it is answered, who takes care of what: for managers and administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from kalevi.cases.actions.rules import store_duties, store_own_targets, store_rules, store_targets
from kalevi.cases.clock import targets
from kalevi.cases.rule_forms import Duties, OwnTimes, Rules, Times
from kalevi.cases.rule_models import Duty
from kalevi.cases.rules import current_rules
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS, STAFF


@open_to(LEADERS)
def case_settings(request: HttpRequest) -> HttpResponse:
    """Show the rules, and store what was changed in all of them at once."""
    given = request.POST or None
    rules = Rules(given, rules=current_rules())
    known, touchpoints = targets(), list(Touchpoint.objects.filter(active=True, within_reach=True))
    times = Times(given, initial=Times.of(known))
    own = [(one, OwnTimes(given, whose="touchpoint", number=one.pk, known=known)) for one in touchpoints]
    duties = Duties(
        given,
        touchpoints=touchpoints,
        colleagues=list(Colleague.objects.here(STAFF).order_by("name")),
        initial=_duties(),
    )
    forms = (rules, times, duties, *(form for _touchpoint, form in own))
    # Each looks at what was given, so that every fault is shown at once.
    faulty = [form for form in forms if not form.is_valid()]
    if request.method == "POST" and not faulty:
        actor_id = request.user.pk
        store_rules(rules=rules.chosen(), actor_id=actor_id)
        store_targets(minutes=times.cleaned_data, actor_id=actor_id)
        for touchpoint, form in own:
            minutes = form.cleaned_data
            store_own_targets(whose="touchpoint", number=touchpoint.pk, minutes=minutes, actor_id=actor_id)
        store_duties(pairs=duties.chosen(), actor_id=actor_id)
        messages.success(request, gettext("Saved. New words are looked at by these rules."))
        return redirect("case_settings")
    context = {"section": "settings", "rules": rules, "times": times, "own": own}
    return render(request, "cases/settings.html", context | {"duties": duties})


def _duties() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for colleague_id, touchpoint_id in Duty.objects.values_list("colleague_id", "touchpoint_id"):
        found.setdefault(f"at_{touchpoint_id}", []).append(str(colleague_id))
    return found
