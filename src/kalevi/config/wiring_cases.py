"""Wires cases: what opens them, what is kept of people, who is told; a part of `wiring`."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kalevi.cases import customers_words, events, tasks, telling, times_holding
from kalevi.cases.holding import HOLDING
from kalevi.cases.ways import ways_to_cases
from kalevi.interactions import ways
from kalevi.interactions.storing import when_words_are_stored
from kalevi.interactions.told import interpret_with
from kalevi.jobs import schedules, titles
from kalevi.jobs.schedules import Schedule
from kalevi.people import holdings
from kalevi.shell.navigation import Page
from kalevi.shell.roles import ADMINISTRATORS, LEADERS, STAFF
from kalevi.webhooks import kinds
from kalevi.webhooks.kinds import Kind


def wire_cases() -> None:
    """Fill the registries for cases."""
    holdings.register(HOLDING)
    holdings.register(times_holding.HOLDING)
    kinds.offer(
        Kind(events.OPENED, _("a case was opened")),
        Kind(events.ESCALATED, _("a customer has waited too long")),
    )
    interpret_with(customers_words.SOURCE, customers_words.interpret)
    when_words_are_stored(tasks.look_soon)
    telling.when_a_case_changes(tasks.tell_soon)
    ways.offer(ways_to_cases)
    titles.call(tasks.look.module_path, _("Opening cases"))
    titles.call(tasks.tell_of.module_path, _("Telling of cases"))
    titles.call(tasks.tell_rooms.module_path, _("Telling the team’s rooms"))
    titles.call(tasks.ask_customer.module_path, _("Asking a customer whether it is solved"))
    titles.call(tasks.tell_customer.module_path, _("Telling a customer who takes care of their matter"))
    titles.call(tasks.watch.module_path, _("Watching the clocks of cases"))
    titles.call(tasks.tidy_files.module_path, _("Removing files nothing refers to"))
    titles.call(tasks.put_waiting_words.module_path, _("Putting words to their cases"))
    schedules.register(
        Schedule("cases.watch", tasks.watch, timedelta(minutes=1)),
        Schedule("cases.tidy_files", tasks.tidy_files, timedelta(days=1), offset=timedelta(hours=4)),
        Schedule("cases.put_words", tasks.put_waiting_words, timedelta(minutes=10)),
    )


def cases_page() -> Page:
    """Return the entry of the menu."""
    return Page(_("Cases"), "cases", "case", STAFF, "cases")


def cases_settings() -> tuple[Page, ...]:
    """Return the pages of settings about cases."""
    return (
        Page(
            _("Cases"),
            "case_settings",
            "case",
            LEADERS,
            "settings",
            _("What opens a case, how soon, and who takes care of it"),
        ),
        Page(
            _("Shifts and languages"),
            "shifts",
            "calendar",
            STAFF,
            "settings",
            _("When you are here, and in which languages you answer"),
        ),
        Page(
            _("Skills"),
            "skills",
            "good",
            LEADERS,
            "settings",
            _("What only some of us know, and what needs it"),
        ),
        Page(
            _("Beginnings of answers"),
            "snippets",
            "edit",
            LEADERS,
            "settings",
            _("Words to begin with, and blanks that make them somebody’s own"),
        ),
        Page(
            _("When you are told"),
            "alert_settings",
            "waits",
            STAFF,
            "settings",
            _("New words, offers, clocks that run out"),
        ),
        Page(
            _("Your picture"),
            "face",
            "colleague",
            STAFF,
            "settings",
            _("Your face for customers, if you wish"),
        ),
        Page(
            _("Rooms of the team"),
            "team_rooms",
            "people",
            ADMINISTRATORS,
            "settings",
            _("Slack and Teams channels that hear of new cases"),
        ),
    )
