"""What colleagues are told of cases: no name and no word of a customer."""

from django.utils.translation import gettext

from kalevi.cases.models import Case

NEAR, LATE, STEP = "near", "late", "step"


def sentence(about: str, case: Case) -> str:
    """Return what is told, in the language that is active; `about` as in `Alerted`."""
    where = case.touchpoint.name if case.touchpoint else ""
    told = {
        "opened": gettext("A customer needs you."),
        "joined": gettext("A customer has written more on a case of yours."),
        "offered": gettext("A colleague asks whether you would carry a case."),
        "reopened": gettext("A case is open again: the customer finds it unsolved."),
        "no_asked": gettext("A colleague asks you to look at a no before the customer hears it."),
        "no_otherwise": gettext("A colleague would answer otherwise than with a no."),
        NEAR: gettext(
            "A customer still waits for the first answer, and three quarters of the time are gone."
        ),
        LATE: gettext("A customer has waited longer than we promised ourselves."),
        STEP: gettext("It is time for the next step of a case."),
    }.get(about.partition(":")[0], gettext("A customer needs you."))
    return f"{told} ({where})" if where else told
