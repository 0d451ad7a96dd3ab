"""How to begin: a few lines in the customer's language, which a colleague goes on from in their own words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override

from kalevi.approaches.models import Approach
from kalevi.approaches.rule_models import Why
from kalevi.interactions.queries.languages import LANGUAGES
from kalevi.people.models import Contact


class Opening(NamedTuple):
    """The first lines, the subject of a mail, and the language they are in."""

    words: str
    subject: str
    language: str


def language_of(contact: Contact, read: str, companys: str) -> str:
    """Return the customer's own language, that of their words as read, or the company's."""
    return next((one for one in (contact.language, read, companys) if one in LANGUAGES), "fi")


def opening(approach: Approach, language: str) -> Opening:
    """Return how to begin; only a greeting where the facts were erased."""
    with override(language):
        hello = _hello(approach.contact)
        if approach.facts is None:
            return Opening(hello, "", language)
        said, subject = _BEGIN[Why(approach.why)](approach.facts)
        return Opening(f"{hello} {said}", subject, language)


def _hello(contact: Contact) -> str:
    """By the first name: whoever walks up to somebody does not call them by a number."""
    name = contact.name.split()
    return gettext("Hello %(name)s!") % {"name": name[0]} if name else gettext("Hello!")


def _day(facts: Mapping[str, Any]) -> str:
    """Return a day as one says it to somebody: without the year, unless it was another one."""
    told = date.fromisoformat(facts["day"])
    year = "" if told.year == timezone.localdate().year else " Y" if get_language() == "en" else "Y"
    return date_format(told, ("j F" if get_language() == "en" else "j.n.") + year)


def _late_order(facts: Mapping[str, Any]) -> tuple[str, str]:
    return (
        gettext(
            "I wanted to tell you before you have to wonder: your order was meant to be with you on %(day)s,"
            " and it has not left us yet. I am finding out where it is held up, and I will tell you today"
            " when you get it. Does this upset your plans?"
        )
        % {"day": _day(facts)},
        gettext("Your order is running late"),
    )


def _silence(facts: Mapping[str, Any]) -> tuple[str, str]:
    if facts.get("answered"):
        words = gettext(
            "On %(day)s you told us that not everything went as it should. We have written since, but I do"
            " not know how it turned out for you, and it stayed on my mind. How do things stand now?"
        )
    else:
        words = gettext(
            "On %(day)s you told us that not everything went as it should, and you have heard nothing from"
            " us. I am sorry about that. I am taking this into my own hands now: how do things stand?"
        )
    return words % {"day": _day(facts)}, gettext("How did it turn out?")


def _first_visit(_facts: Mapping[str, Any]) -> tuple[str, str]:
    return (
        gettext(
            "It was nice that you came to us. As it was your first time, I would like to ask: did you find"
            " what you were after, and is there something I could still help you with?"
        ),
        gettext("Thank you for coming to us"),
    )


def _first_visit_ahead(_facts: Mapping[str, Any]) -> tuple[str, str]:
    return (
        gettext(
            "It was good to hear from you. When you come to us for the first time, you need not know where"
            " anything is: tell me when you are coming and what you are after, and I will be at the door and"
            " walk along with you."
        ),
        gettext("You are welcome, I will meet you at the door"),
    )


def _good_news(facts: Mapping[str, Any]) -> tuple[str, str]:
    return (
        gettext(
            "I heard good news about you: %(words)s Warm congratulations to all of you! How does it feel?"
        )
        % {"words": ended(facts["words"])},
        gettext("Congratulations!"),
    )


def _can_now(facts: Mapping[str, Any]) -> tuple[str, str]:
    return (
        gettext(
            "On %(day)s you told us what you were hoping for, and I remembered it today: %(words)s Would it"
            " still be of use to you?"
        )
        % {"day": _day(facts), "words": ended(facts["words"])},
        gettext("You once hoped for this"),
    )


def _changed(facts: Mapping[str, Any]) -> tuple[str, str]:
    if "usual" in facts:
        return (
            gettext(
                "I have not heard from you for a while and came to think of you. How are you? And if"
                " something with us has not been as it should, I would gladly hear it."
            ),
            gettext("How are you?"),
        )
    return (
        gettext(
            "I have read what you have told us lately, and it seems to me that we have not been at our best"
            " with you. Would you tell me what we should do differently? I will listen, and act on it."
        ),
        gettext("What should we do differently?"),
    )


def ended(words: str) -> str:
    """Return words that end like a sentence."""
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


_BEGIN = {
    Why.LATE_ORDER: _late_order,
    Why.SILENCE: _silence,
    Why.FIRST_VISIT: _first_visit,
    Why.GOOD_NEWS: _good_news,
    Why.CAN_NOW: _can_now,
    Why.FIRST_VISIT_AHEAD: _first_visit_ahead,
    Why.CHANGED: _changed,
}
