"""The company's own themes: made, changed and retired by leaders."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.interactions.actions.own_themes import (
    TooManyThemesError,
    retire_theme,
    store_theme,
    use_theme_again,
)
from kalevi.interactions.forms.own_themes import MOST_SEEDS, ThemeForm, seeds_of
from kalevi.interactions.own_theme_models import OwnTheme
from kalevi.interactions.queries.own_themes import DAYS, LAST, preview_for_leader, themes_for_leaders
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.numbers import whole_number
from kalevi.shell.roles import LEADERS


@open_to(LEADERS, words=False)
def own_themes(request: HttpRequest) -> HttpResponse:
    """List the themes and add one; `begin` fills the form in beforehand and keeps nothing."""
    if request.POST.get("begin"):
        return _begun(request)
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _stored(request, form, None):
        return redirect("own_themes")
    context = {"section": "settings", "form": form, "themes": themes_for_leaders(), "days": DAYS}
    return render(request, "interactions/own_themes.html", context | {"last": LAST})


def _begun(request: HttpRequest) -> HttpResponse:
    phrases = [phrase for phrase in request.POST.getlist("seed")[:MOST_SEEDS] if phrase.strip()]
    initial = {"seeds": "\n".join(phrases)}
    form = ThemeForm(initial=initial)
    if phrases:
        form.initial[form.first.name] = phrases[0][:1].upper() + phrases[0][1:60]
    return _one(request, form, None)


@open_to(LEADERS, words=False)
def own_theme(request: HttpRequest, number: int) -> HttpResponse:
    """Show and change one theme."""
    theme = get_object_or_404(OwnTheme, pk=number)
    initial = {name: getattr(theme, name) for name in ("name_fi", "name_sv", "name_en", "seeds")}
    form = ThemeForm(request.POST or None, theme=theme, initial=initial)
    if request.method == "POST" and form.is_valid() and _stored(request, form, theme):
        return redirect("own_themes")
    return _one(request, form, theme)


@open_to(LEADERS, words=False)
@require_POST
def own_theme_in_use(request: HttpRequest, number: int) -> HttpResponse:
    """Retire a theme, or with `again` take it up."""
    theme = get_object_or_404(OwnTheme, pk=number)
    actor_id = cast(int, request.user.pk)
    if not request.POST.get("again"):
        retire_theme(theme=theme, actor_id=actor_id)
        messages.success(request, gettext("Retired. It is no longer looked for."))
        return redirect("own_themes")
    try:
        use_theme_again(theme=theme, actor_id=actor_id)
        messages.success(request, gettext("In use again. Older words are looked through in the background."))
    except TooManyThemesError:
        messages.warning(request, _too_many())
    return redirect("own_themes")


@open_to(LEADERS, words=True)
@require_POST
def own_theme_preview(request: HttpRequest) -> HttpResponse:
    """Show which of the newest words would carry the theme, without keeping anything."""
    seeds = seeds_of(request.POST.get("seeds", "")[:4_000])[:MOST_SEEDS]
    preview = preview_for_leader(cast(Colleague, request.user), seeds) if seeds else None
    if request.htmx:  # type: ignore[attr-defined]  # django_htmx
        return render(request, "interactions/_theme_preview.html", {"preview": preview})
    number = whole_number(request.POST.get("number", ""))
    theme = None if number is None else OwnTheme.objects.filter(pk=number).first()
    form = ThemeForm(initial=request.POST.dict())
    return _one(request, form, theme, preview=preview)


def _one(request: HttpRequest, form: ThemeForm, theme: OwnTheme | None, **more: Any) -> HttpResponse:
    context = {"section": "settings", "form": form, "theme": theme, "last": LAST} | more
    return render(request, "interactions/own_theme.html", context)


def _stored(request: HttpRequest, form: ThemeForm, theme: OwnTheme | None) -> bool:
    try:
        store_theme(
            theme=theme,
            names=form.names,
            seeds=form.cleaned_data["seeds"],
            actor_id=cast(int, request.user.pk),
        )
    except TooManyThemesError:
        form.add_error(None, _too_many())
        messages.warning(request, _too_many())
        return False
    messages.success(
        request,
        gettext(
            "Saved. New words are read by it at once, and older ones are looked through in the background."
        ),
    )
    return True


def _too_many() -> str:
    return gettext("No more themes can be in use at once. Retire one first.")
