"""The rules, how they have fared, and the limits: for managers and administrators."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.approaches.actions.rules import go_on, store_rules
from kalevi.approaches.queries.settings import how_rules_fared
from kalevi.approaches.rule_forms import LimitsForm, Rules
from kalevi.approaches.rule_models import Why
from kalevi.approaches.rules import limits
from kalevi.shell.access import open_to
from kalevi.shell.roles import LEADERS


@open_to(LEADERS)
def approach_settings(request: HttpRequest) -> HttpResponse:
    """Show the rules with their rates, and store what was changed."""
    given = request.POST or None
    fared = how_rules_fared()
    rules = Rules(given, rules=[one.rule for one in fared])
    form = LimitsForm(given, initial=LimitsForm.of(limits()))
    if request.method == "POST" and all([rules.is_valid(), form.is_valid()]):
        store_rules(rules=rules.chosen(), limits=form.cleaned_data, actor_id=request.user.pk)
        messages.success(request, gettext("Saved. From tomorrow morning these rules are followed."))
        return redirect("approach_settings")
    rows = list(zip(fared, rules.rows(), strict=True))
    context = {"section": "settings", "rows": rows, "form": form, "rules": rules}
    return render(request, "approaches/settings.html", context)


@open_to(LEADERS)
@require_POST
def let_go_on(request: HttpRequest, why: str) -> HttpResponse:
    """Let a rule that slowed itself down propose every day again."""
    if why not in Why.values:
        raise Http404
    go_on(why=Why(why), actor_id=request.user.pk)
    messages.success(
        request, gettext("It proposes every day again, and how it is received is counted afresh.")
    )
    return redirect("approach_settings")
