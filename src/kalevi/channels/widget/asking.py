"""A survey as the script on another page shows it: plain values in one language."""

from typing import Any

from django.utils.translation import gettext, override

from kalevi.channels.survey.asking import Shown, shown
from kalevi.channels.survey.live import Live
from kalevi.channels.survey.tokens import new_token
from kalevi.shell.icons import pictures


def asked_of(survey: Live, language: str) -> dict[str, Any]:
    """Return what a survey asks in a language of its own, ready for JSON: see `static/widget/widget.js`."""
    questions = [_question(one) for one in shown(survey.asked, language, {})]
    shapes = pictures("shape")
    used = {choice[2] for one in questions for choice in one["choices"] if choice[2]}
    with override(language):
        return {
            "title": survey.asked.title.best(language),
            "lead": survey.asked.lead.best(language),
            "questions": questions,
            "shapes": {key: shapes[key] for key in sorted(used)},
            "token": new_token(survey.version_id, language).decode(),
            "thanks": survey.asked.thanks.best(language)
            or gettext("Your words reached us exactly as you wrote them. A person reads them."),
            "send": gettext("Send"),
            "own": gettext("In your own words"),
            "how": gettext("How strongly?"),
            "strengths": [gettext("a little"), gettext("clearly"), gettext("strongly")],
            "note": gettext(
                "Your words are kept exactly as you write them, and people read them."
                " You need not tell who you are."
            ),
        }


def _question(one: Shown) -> dict[str, Any]:
    return {
        "key": one.key,
        "many": one.look in ("feelings", "choices"),
        "look": one.look,
        "asked": one.asked,
        "help": one.help,
        "second": one.second,
        "choices": [[c.value, c.label, c.shape, c.tone] for c in one.choices],
        "low": one.low,
        "high": one.high,
        "fields": [[field.name, field.label, field.longest] for field in one.fields],
        "whys": one.whys,
    }
