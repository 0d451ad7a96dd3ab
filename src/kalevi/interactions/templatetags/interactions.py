"""Chips of a reading: a page shows hundreds of them, and few differ."""

import secrets
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import Card, Chip
from kalevi.interactions.ways import Way, ways_for
from kalevi.shell.templatetags.kalevi import number
from kalevi.text.vocabulary import grade

register = template.Library()
SCORES = {"nps": _("recommending"), "csat": _("satisfaction"), "ces": _("ease")}


@register.filter
def chip(found: Chip) -> SafeString:
    """The chip of something the model read."""
    strength = None if found.intensity is None else grade(found.intensity)
    return _drawn(found.kind, found.key, found.sureness, strength, get_language() or "", found.name)


@register.filter
def tone(sentiment: str) -> SafeString:
    """The chip of the tone the model read."""
    return _drawn("sentiment", sentiment, "", None, get_language() or "")


@register.filter
def scored(said: Interaction) -> str:
    """The score that a customer gave: recommending 9/10; empty where none was given."""
    if said.score is None:
        return ""
    what, given, high = SCORES.get(said.score_kind, _("score")), number(said.score), number(said.score_high)
    plain = said.score_low in (0, 1)
    return f"{what} {given}/{high}" if plain else f"{what} {given} ({number(said.score_low)}–{high})"


@register.simple_tag(takes_context=True)
def answering(context: template.Context, number: int, back: str = "", swap: bool = False) -> SafeString:
    """The form that says that somebody was answered; `back` is where to go on, `swap` shows the card anew."""
    return _filled(_answering(back, swap, get_language() or ""), number, context)


@register.simple_tag(takes_context=True)
def own_reading(context: template.Context, card: Card) -> SafeString:
    """What a colleague may read in these words, beside what was read so far."""
    if card.own or card.others:
        around: dict[Any, Any] = context.flatten()
        drawn = render_to_string("interactions/_own.html", around | {"card": card})
        return mark_safe(drawn)  # noqa: S308  a template
    blank = _unread(bool(context.get("staff")), card.read is not None, get_language() or "")
    return _filled(blank, card.interaction.pk, context)


# A page has the same two forms for each of thirty interactions: they are drawn once, with blanks in them.
_NUMBER, _CSRF, _SENDING = 8_008_008_008_008_008_008, "csrf-of-this-page", "token-of-this-sending"


def _filled(blank: str, number: int, context: template.Context) -> SafeString:
    filled = blank.replace(str(_NUMBER), str(int(number))).replace(
        _CSRF, escape(context.get("csrf_token", ""))
    )
    return mark_safe(filled.replace(_SENDING, secrets.token_hex(8)))  # noqa: S308  all of it is escaped


@lru_cache(maxsize=50)
def _answering(back: str, swap: bool, _language: str) -> str:
    context = {"number": _NUMBER, "csrf_token": _CSRF, "sending": _SENDING, "back": back, "swap": swap}
    return render_to_string("interactions/_answer.html", context)


@lru_cache(maxsize=50)
def _unread(staff: bool, read: bool, _language: str) -> str:
    card = {"interaction": {"pk": _NUMBER}, "address": f"{reverse('interactions')}{_NUMBER}/", "read": read}
    return render_to_string("interactions/_own.html", {"card": card, "staff": staff, "csrf_token": _CSRF})


@register.simple_tag(takes_context=True)
def ways(context: template.Context, interaction: Interaction) -> list[Way]:
    """What else may be done with an interaction, by who looks at it."""
    return ways_for(interaction, context["user"])


@lru_cache(maxsize=2_000)
def _drawn(
    kind: str, key: str, sureness: str, strength: int | None, _language: str, name: str = ""
) -> SafeString:
    # The middle of its third stands for the strength.
    intensity = None if strength is None else (strength + 0.5) / 3
    context = {"kind": kind, "key": key, "sureness": sureness, "intensity": intensity, "name": name}
    drawn = render_to_string("interactions/_chip.html", context).strip()
    return mark_safe(drawn)  # noqa: S308  the template has escaped it; strip() forgets that
