"""Chips of a reading: a page shows hundreds of them, and few differ."""

import secrets
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import Chip
from kalevi.interactions.ways import Way, ways_for
from kalevi.text.vocabulary import grade

register = template.Library()


@register.filter
def chip(found: Chip) -> SafeString:
    """The chip of something the model read."""
    strength = None if found.intensity is None else grade(found.intensity)
    return _drawn(found.kind, found.key, found.sureness, strength, get_language() or "")


@register.filter
def tone(sentiment: str) -> SafeString:
    """The chip of the tone the model read."""
    return _drawn("sentiment", sentiment, "", None, get_language() or "")


@register.simple_tag
def token() -> str:
    """What tells one sending of a form from the next."""
    return secrets.token_hex(8)


@register.simple_tag(takes_context=True)
def ways(context: template.Context, interaction: Interaction) -> list[Way]:
    """What else may be done with an interaction, by who looks at it."""
    return ways_for(interaction, context["user"])


@lru_cache(maxsize=2_000)
def _drawn(kind: str, key: str, sureness: str, strength: int | None, _language: str) -> SafeString:
    # The middle of its third stands for the strength.
    intensity = None if strength is None else (strength + 0.5) / 3
    context = {"kind": kind, "key": key, "sureness": sureness, "intensity": intensity}
    drawn = render_to_string("interactions/_chip.html", context).strip()
    return mark_safe(drawn)  # noqa: S308  the template has escaped it; strip() forgets that
