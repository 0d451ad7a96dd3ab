"""The reason in plain words, in the reader's language, out of the facts as they were that day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from kalevi.approaches.models import Approach
from kalevi.approaches.rule_models import Why
from kalevi.shell.templatetags.kalevi import day, number


def reason_in_words(approach: Approach) -> str:
    """Return one or two sentences; of erased facts only that they were erased."""
    if approach.facts is None:
        return gettext("The reason was erased.")
    return _TOLD[Why(approach.why)](approach.facts)


def told_day(facts: Mapping[str, Any], name: str = "day") -> str:
    """Return a day of the facts as the reader writes it; empty where there is none."""
    told = facts.get(name)
    return day(date.fromisoformat(told)) if told else ""


def _late_order(facts: Mapping[str, Any]) -> str:
    return gettext("Order %(order)s was promised for %(day)s, and nobody has said that it was sent.") % {
        "order": facts.get("order") or "",
        "day": told_day(facts),
    }


def _silence(facts: Mapping[str, Any]) -> str:
    if facts.get("answered"):
        return gettext(
            "They told of a problem on %(day)s. We answered on %(answered)s and have not heard since how it"
            " turned out."
        ) % {"day": told_day(facts), "answered": told_day(facts, "answered")}
    return gettext("They told of a problem on %(day)s and have heard nothing from us.") % {
        "day": told_day(facts)
    }


def _first_visit(facts: Mapping[str, Any]) -> str:
    return gettext("They met us for the first time on %(day)s.") % {"day": told_day(facts)}


def _first_visit_ahead(facts: Mapping[str, Any]) -> str:
    return gettext("They turned to us for the first time on %(day)s and have not been here yet.") % {
        "day": told_day(facts)
    }


def _good_news(facts: Mapping[str, Any]) -> str:
    return gettext("Good news about %(account)s: “%(words)s”") % {
        "account": facts["account"],
        "words": facts["words"],
    }


def _can_now(facts: Mapping[str, Any]) -> str:
    return gettext("They told of such a wish on %(day)s. Now: “%(words)s”") % {
        "day": told_day(facts),
        "words": facts["words"],
    }


def _changed(facts: Mapping[str, Any]) -> str:
    if "usual" in facts:
        return gettext(
            "They have been quiet since %(day)s; usually we hear from them every %(usual)s days"
            " (n = %(n)s pauses)."
        ) % {"day": told_day(facts), "usual": number(facts["usual"]), "n": number(facts["n"])}
    return gettext(
        "The tone has darkened: %(recent)s of %(n)s messages in 90 days were read as negative,"
        " before that %(before)s of %(m)s."
    ) % {name: number(facts[name]) for name in ("recent", "n", "before", "m")}


_TOLD = {
    Why.LATE_ORDER: _late_order,
    Why.SILENCE: _silence,
    Why.FIRST_VISIT: _first_visit,
    Why.GOOD_NEWS: _good_news,
    Why.CAN_NOW: _can_now,
    Why.FIRST_VISIT_AHEAD: _first_visit_ahead,
    Why.CHANGED: _changed,
}
