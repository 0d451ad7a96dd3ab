"""The mail of an invitation: the first question stands in it, and each answer to it is a link."""

from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from kalevi.channels.invitations.links import address_of, peace_address
from kalevi.channels.invitations.models import Invitation
from kalevi.channels.survey.asking import Shown, shown
from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.pages import duration
from kalevi.shell.queries import company

# What can be answered by one tap; other questions begin on the page.
_TAPPED = ("numbers", "steps", "feelings", "choice")


class Written(NamedTuple):
    """Subject, plain text and HTML of a mail."""

    subject: str
    text: str
    html: str


def written(invitation: Invitation, asked: Definition, *, reminder: bool) -> Written:
    """Return the mail in the language of the invitation."""
    language = invitation.language
    with override(language):
        first = shown(asked, language, {})[0]
        name = company().name
        context: dict[str, Any] = {
            "language": language,
            "company": name,
            "title": asked.title.best(language),
            "lead": asked.lead.best(language),
            "asked": first.asked,
            "answers": _answers(invitation, first),
            "low": first.low,
            "high": first.high,
            "address": address_of(invitation),
            "peace": peace_address(invitation),
            "reminder": reminder,
            "name": invitation.contact.name,
            "duration": duration(asked.seconds),
        }
        title = asked.title.best(language)
        subject = gettext("We would still like to hear: %(title)s") if reminder else "%(title)s"
        return Written(
            subject % {"title": title},
            render_to_string("invitations/mail.txt", context).strip() + "\n",
            render_to_string("invitations/mail.html", context),
        )


def _answers(invitation: Invitation, first: Shown) -> list[tuple[str, str]]:
    """Return (label, address) of each answer that one tap can give; nothing is recorded by opening one."""
    if first.look not in _TAPPED:
        return []
    return [(choice.label, address_of(invitation, **{first.key: choice.value})) for choice in first.choices]
