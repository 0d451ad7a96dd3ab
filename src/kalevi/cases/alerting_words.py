"""What colleagues are told of cases: no name and no word of a customer."""

from django.utils.translation import gettext

from kalevi.cases.models import Case

NEAR, LATE, STEP, STEP_LATE, CAME_BACK, AWAY = "near", "late", "step", "overdue", "came_back", "away"
MEANWHILE = "meanwhile"


def sentence(about: str, case: Case) -> str:
    """Return what is told, in the language that is active; `about` as in `Alerted`."""
    where = case.touchpoint.name if case.touchpoint else ""
    told = {
        "opened": gettext("A customer needs you."),
        "joined": gettext("A customer has written more on a case of yours."),
        "corrected": gettext("A customer says that we misunderstood them, and tells how it is."),
        AWAY: gettext("A customer has written more, and whoever carries the case is away."),
        MEANWHILE: gettext("The next step of a case is due while its carrier is away. You can take it."),
        "offered": gettext("A colleague asks whether you would carry a case."),
        "reopened": gettext("A case is open again: the customer finds it unsolved."),
        "no_asked": gettext("A colleague asks you to look at a no before the customer hears it."),
        "no_otherwise": gettext("A colleague would give an answer other than no."),
        "no_unseen": gettext("Nobody looked at a no of yours: ask somebody else."),
        "taken": gettext("A colleague took over a case that you carried."),
        "declined": gettext("A colleague cannot take a case that you offered. It stays yours."),
        "carried_on": gettext("You now carry a case whose former carrier is not here any more."),
        CAME_BACK: gettext("An answer never reached the customer. The case is yours to act on again."),
        NEAR: gettext("A customer still waits for the first answer, and three quarters of the time is gone."),
        LATE: gettext("A customer has waited longer than we promised ourselves."),
        STEP: gettext("It is time for the next step of a case."),
        STEP_LATE: gettext("The next step of a case is late, and the customer was told when to expect it."),
    }.get(about.partition(":")[0], gettext("A customer needs you."))
    return f"{told} ({where})" if where else told
