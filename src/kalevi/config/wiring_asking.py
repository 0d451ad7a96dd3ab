"""How asking is wired: who is known by a personal link, how invitations leave, when we ask by ourselves."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kalevi.channels.invitations import delivering, links
from kalevi.channels.invitations import tasks as invitation_tasks
from kalevi.channels.invitations.holding import HOLDING as INVITATIONS
from kalevi.channels.survey import personal
from kalevi.config.letters import ByMail
from kalevi.jobs import schedules, titles
from kalevi.jobs.schedules import Schedule
from kalevi.people import holdings
from kalevi.shell.navigation import Page
from kalevi.shell.roles import LEADERS


def wire_asking() -> None:
    """Fill the registries."""
    holdings.register(INVITATIONS)
    personal.know_with(links.known)
    delivering.deliver_with(ByMail())
    titles.call(invitation_tasks.ask_and_remind.module_path, _("Asking and reminding"))
    schedules.register(
        Schedule("invitations.ask", invitation_tasks.ask_and_remind, timedelta(minutes=5)),
    )


def asking_settings() -> tuple[Page, ...]:
    """Return the pages of settings about asking."""
    return (
        Page(
            _("Asking"),
            "invitation_settings",
            "waits",
            LEADERS,
            "settings",
            _("How seldom we ask, and when we ask by ourselves"),
        ),
    )
