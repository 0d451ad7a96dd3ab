"""What the builder says: names of the kinds of questions, and what stands in the way, in plain words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kalevi.channels.survey.kinds import Kind

KINDS: Mapping[Kind, Promise] = {
    Kind.WORDS: _("Words of their own"),
    Kind.FEELING: _("A feeling"),
    Kind.EXPECTATION: _("What they expected"),
    Kind.HOT: _("Dreams, problems and needs"),
    Kind.HEARD: _("Were we interested?"),
    Kind.SUCCESS: _("Did it succeed?"),
    Kind.EASE: _("Was it easy?"),
    Kind.NPS: _("Recommending us, 0–10"),
    Kind.CSAT: _("All in all, 1–5"),
    Kind.CES: _("How easy we made it, 1–7"),
    Kind.CHOICE: _("One choice"),
    Kind.CHOICES: _("Several choices"),
    Kind.STORY_CONSENT: _("May we tell your story?"),
}
_FAULTS: Mapping[str, Promise] = {
    "not_written": _("Still to be written in this language."),
    "too_long": _("This is too long to be read in a moment. Say it shorter."),
    "too_few_options": _("A choice needs at least two options."),
    "too_many_options": _("There are too many options: 24 at most."),
    "follow_up_never": _("Choose after which answers to ask why, or empty the question."),
    "low_above_high": _("The low end must be below the high end."),
    "outside_scale": _("The number is outside the scale."),
    "no_questions": _("There is no question yet. Add one below."),
    "too_many_questions": _(
        "At most three questions: whoever is asked more answers less. "
        "If you still need them all, tick the box."
    ),
    "no_words": _(
        "Add a question that is answered in words: the customer needs room for what we did not ask."
    ),
    "words_buried": _(
        "Words come first, since after several numbers people have little left to say: "
        "move this up, to the top or right after one scale."
    ),
    "missing": _("Choose at least one language."),
    "twice": pgettext_lazy("survey builder", "This is there twice."),
}


def fault_text(key: str) -> str:
    """Return a fault in the reader's language."""
    found = _FAULTS.get(key)
    return str(found) if found else gettext("This cannot be asked like this.")
