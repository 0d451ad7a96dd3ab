"""Pages of webhooks: who is told what, whether it arrives, and sending it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import ADMINISTRATORS
from kalevi.webhooks import actions
from kalevi.webhooks.forms import ChangeForm, EndpointForm
from kalevi.webhooks.models import Delivery, Endpoint
from kalevi.webhooks.queries import STATES, deliveries_for_administrator, endpoints_for_administrator


@open_to(ADMINISTRATORS)
def webhooks(request: HttpRequest) -> HttpResponse:
    """List endpoints; make a new one, whose secret is shown next."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_endpoint(actor_id=request.user.pk, **form.cleaned_data)
        return _secret(request, made, actions.show_secret(endpoint=made, actor_id=request.user.pk))
    context = {"section": "settings", "form": form, "endpoints": endpoints_for_administrator()}
    return render(request, "webhooks/webhooks.html", context, status=422 if form.errors else 200)


def _secret(request: HttpRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    context = {"section": "settings", "endpoint": endpoint, "secret": secret}
    return render(request, "webhooks/secret.html", context)


@open_to(ADMINISTRATORS)
def webhook(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Show an endpoint, change it, and show what it was told."""
    endpoint = get_object_or_404(Endpoint, pk=endpoint_id)
    initial = {name: getattr(endpoint, name) for name in ("name", "url", "kinds", "with_words", "is_on")}
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_endpoint(endpoint=endpoint, actor_id=request.user.pk, **form.cleaned_data)
        messages.success(request, gettext("The change was saved."))
        return redirect("webhook", endpoint.pk)
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    told, older = deliveries_for_administrator(
        endpoint, state=state, before=whole_number(request.GET.get("before", ""))
    )
    here = reverse("webhook", args=[endpoint.pk])
    chosen = f"state={state}&" if state else ""
    context: dict[str, Any] = {
        "section": "settings",
        "endpoint": endpoint,
        "form": form,
        "told": told,
        "state": state,
        "here": here,
        "older": f"{here}?{chosen}before={older}" if older else "",
    }
    return render(request, "webhooks/webhook.html", context, status=422 if form.errors else 200)


def _on_endpoint(view: Callable[[HttpRequest, Endpoint], HttpResponse]) -> Callable[..., HttpResponse]:
    @require_POST
    @open_to(ADMINISTRATORS)
    def found(request: HttpRequest, endpoint_id: int) -> HttpResponse:
        return view(request, get_object_or_404(Endpoint, pk=endpoint_id))

    found.__doc__, found.__name__ = view.__doc__, view.__name__
    return found


@_on_endpoint
def secret(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    """Show the secret."""
    return _secret(request, endpoint, actions.show_secret(endpoint=endpoint, actor_id=request.user.pk))


@_on_endpoint
def new_secret(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    """Make a new secret and show it."""
    return _secret(request, endpoint, actions.change_secret(endpoint=endpoint, actor_id=request.user.pk))


@_on_endpoint
def test(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    """Send something that means nothing."""
    actions.send_test(endpoint=endpoint, actor_id=request.user.pk)
    messages.success(request, gettext("A test is on its way. Look at this page again in a moment."))
    return redirect("webhook", endpoint.pk)


@_on_endpoint
def use_again(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    """Begin again after we gave up."""
    actions.use_again(endpoint=endpoint, actor_id=request.user.pk)
    messages.success(request, gettext("It is being tried again now."))
    return redirect("webhook", endpoint.pk)


@_on_endpoint
def remove(request: HttpRequest, endpoint: Endpoint) -> HttpResponse:
    """Remove an endpoint."""
    actions.remove_endpoint(endpoint=endpoint, actor_id=request.user.pk)
    messages.success(request, gettext("The address was removed. It is told nothing more."))
    return redirect("webhooks")


@require_POST
@open_to(ADMINISTRATORS)
def send_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send one event again."""
    delivery = get_object_or_404(Delivery.objects.select_related("endpoint"), pk=delivery_id)
    actions.send_again(delivery=delivery, actor_id=request.user.pk)
    messages.success(request, gettext("It is on its way again, under the same id."))
    return redirect("webhook", delivery.endpoint_id)
