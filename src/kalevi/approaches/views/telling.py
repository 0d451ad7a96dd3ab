"""Telling once what we now have or can do, and good news of an organisation."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kalevi.approaches.actions.telling import end_ability, end_news, tell_ability, tell_news
from kalevi.approaches.forms import TellAbility, TellNews
from kalevi.approaches.queries.settings import told_for_colleague
from kalevi.people.models import Colleague
from kalevi.shell.access import open_to
from kalevi.shell.roles import STAFF
from kalevi.shell.templatetags.kalevi import reader_language


@open_to(STAFF, words=False)
def approach_news(request: HttpRequest) -> HttpResponse:
    """Show what was told, and the two forms to tell more."""
    return _page(request)


def _page(request: HttpRequest, **forms: Any) -> HttpResponse:
    abilities, news = told_for_colleague()
    context = {
        "section": "approaches",
        "abilities": abilities,
        "news": news,
        "ability_form": TellAbility(language=reader_language(), auto_id="able_%s"),
        "news_form": TellNews(auto_id="news_%s"),
        **forms,
    }
    return render(request, "approaches/telling.html", context, status=422 if forms else 200)


@open_to(STAFF, words=False)
@require_POST
def add_ability(request: HttpRequest) -> HttpResponse:
    """Keep what we now have or can do."""
    form = TellAbility(request.POST, language=reader_language(), auto_id="able_%s")
    if not form.is_valid():
        return _page(request, ability_form=form)
    tell_ability(colleague=cast(Colleague, request.user), **form.cleaned_data)
    messages.success(request, gettext("Saved. Tomorrow morning Today proposes those who wished for it."))
    return redirect("approach_news")


@open_to(STAFF, words=False)
@require_POST
def add_news(request: HttpRequest) -> HttpResponse:
    """Keep good news."""
    form = TellNews(request.POST, auto_id="news_%s")
    if not form.is_valid():
        return _page(request, news_form=form)
    tell_news(colleague=cast(Colleague, request.user), **form.cleaned_data)
    messages.success(request, gettext("How nice. Tomorrow morning Today proposes whom to congratulate."))
    return redirect("approach_news")


@open_to(STAFF, words=False)
@require_POST
def end_told_ability(request: HttpRequest, ability_id: int) -> HttpResponse:
    """Propose nobody more for it."""
    end_ability(colleague=cast(Colleague, request.user), ability_id=ability_id)
    messages.success(request, gettext("Nobody else is proposed for this."))
    return redirect("approach_news")


@open_to(STAFF, words=False)
@require_POST
def end_told_news(request: HttpRequest, news_id: int) -> HttpResponse:
    """Propose nobody more for it."""
    end_news(colleague=cast(Colleague, request.user), news_id=news_id)
    messages.success(request, gettext("Nobody else is proposed for this."))
    return redirect("approach_news")
