"""Wires whom we walk up to first; a part of `wiring`."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kalevi.approaches import tasks, written
from kalevi.approaches.holding import HOLDING
from kalevi.interactions.told import interpret_with
from kalevi.jobs import schedules, titles
from kalevi.jobs.schedules import Schedule
from kalevi.people import holdings
from kalevi.shell.navigation import Page
from kalevi.shell.roles import LEADERS, STAFF


def wire_approaches() -> None:
    """Fill the registries for approaches."""
    holdings.register(HOLDING)
    interpret_with(written.SOURCE, written.interpret)
    titles.call(tasks.propose_people.module_path, _("Looking for people to walk up to"))
    titles.call(tasks.put_what_was_said.module_path, _("Keeping what was said when we walked up to people"))
    schedules.register(
        # Before anybody comes to work in Finland.
        Schedule("approaches.propose", tasks.propose_people, timedelta(days=1), offset=timedelta(hours=3)),
        Schedule("approaches.put_said", tasks.put_what_was_said, timedelta(minutes=10)),
    )


def approaches_page() -> Page:
    """Return the page of those to walk up to, for the menu."""
    return Page(_("Walk up first"), "approaches", "colleague", STAFF, "approaches")


def approaches_settings() -> tuple[Page, ...]:
    """Return the page of settings about approaches."""
    return (
        Page(
            _("Walk up first"),
            "approach_settings",
            "good",
            LEADERS,
            "settings",
            _("Whom Today proposes to walk up to, and how it was received"),
        ),
    )
