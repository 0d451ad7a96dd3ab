"""Settings > API: tokens, and what other systems sent that needs a look."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from kalevi.channels.api import actions
from kalevi.channels.api.forms import TokenForm
from kalevi.channels.api.models import Token
from kalevi.channels.api.problems import TEXTS
from kalevi.channels.api.queries import reasons_for_administrator, tokens_for_administrator
from kalevi.channels.api.reference import reference
from kalevi.shell.access import open_to
from kalevi.shell.middleware import public
from kalevi.shell.roles import ADMINISTRATORS


@open_to(ADMINISTRATORS)
def api_settings(request: HttpRequest) -> HttpResponse:
    """List tokens; make a new one, which is shown once."""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, text = actions.make_token(
            name=form.cleaned_data["name"],
            source=form.cleaned_data["source"],
            scopes=form.cleaned_data["scopes"],
            ends_at=form.ends_at(),
            actor_id=request.user.pk,
        )
        return render(
            request, "channels_api/token.html", {"section": "settings", "token": made, "text": text}
        )
    context = {
        "section": "settings",
        "form": form,
        "tokens": tokens_for_administrator(),
        "reasons": reasons_for_administrator(),
    }
    return render(request, "channels_api/settings.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(ADMINISTRATORS)
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End a token at once."""
    actions.revoke_token(token=get_object_or_404(Token, pk=token_id), actor_id=request.user.pk)
    messages.success(request, gettext("The token has been ended. Whoever uses it is refused from now on."))
    return redirect("api_settings")


@require_POST
@open_to(ADMINISTRATORS)
def try_again(request: HttpRequest) -> HttpResponse:
    """Read once more what needed a look."""
    count = actions.try_again(actor_id=request.user.pk)
    text = ngettext("%(count)s row is being read again.", "%(count)s rows are being read again.", count)
    messages.success(request, text % {"count": count})
    return redirect("api_settings")


@require_GET
@public
def docs(request: HttpRequest) -> HttpResponse:
    """The reference of the API, made of its description."""
    context = {"section": "settings", "reference": reference(), "problems": list(TEXTS.items())}
    return render(request, "channels_api/reference.html", context)
