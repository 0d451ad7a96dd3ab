"""Why an answer waits for a look, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "suspected_robot": _("It may have been sent by a robot."),
    "not_an_answer": _("What came is not our form."),
    "not_a_form": _("The form is damaged."),
    "unknown_version": _("Nobody knows which survey it answers."),
    "unknown_question": _("It answers something that was not asked."),
    "unknown_choice": _("Something was chosen that was not on offer."),
    "answered_twice": _("One question is answered twice."),
    "outside_scale": _("A number is outside its scale."),
    "nothing_said": _("Nothing is said in it."),
}


def reason_text(key: str) -> str:
    """Return the reason in the reader's language."""
    return str(REASONS.get(key, _("It could not be understood.")))
