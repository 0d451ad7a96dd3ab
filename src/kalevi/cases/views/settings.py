"""What opens a case, how soon it is answered, who takes care of what: for managers and administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from kalevi.cases.actions.rules import store_duties, store_rules, store_targets
from kalevi.cases.clock import targets
from kalevi.cases.rule_forms import Duties, Rules, Times
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
    times = Times(given, initial=Times.of(targets()))
    duties = Duties(
        given,
        touchpoints=list(Touchpoint.objects.filter(active=True, within_reach=True)),
        colleagues=list(Colleague.objects.here(STAFF).order_by("name")),
        initial=_duties(),
    )
    if request.method == "POST" and all([rules.is_valid(), times.is_valid(), duties.is_valid()]):
        actor_id = request.user.pk
        store_rules(rules=rules.chosen(), actor_id=actor_id)
        store_targets(minutes=times.cleaned_data, actor_id=actor_id)
        store_duties(pairs=duties.chosen(), actor_id=actor_id)
        messages.success(request, gettext("Saved. New words are looked at by these rules."))
        return redirect("case_settings")
    context = {"section": "settings", "rules": rules, "times": times, "duties": duties}
    return render(request, "cases/settings.html", context)


def _duties() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for colleague_id, touchpoint_id in Duty.objects.values_list("colleague_id", "touchpoint_id"):
        found.setdefault(f"at_{touchpoint_id}", []).append(str(colleague_id))
    return found
