"""Which rooms answer when another room asks: menu, personal data, stored words, schedules."""

from django.utils.translation import gettext_lazy as _

from kalevi.demo import happenings as demo
from kalevi.interactions import notes
from kalevi.interactions.erasing import erase_interaction
from kalevi.interactions.holding import HOLDING as INTERACTIONS
from kalevi.interactions.told import interpret_with
from kalevi.people import holdings
from kalevi.shell import navigation
from kalevi.shell.navigation import Page
from kalevi.shell.roles import ADMINISTRATORS, EVERYBODY, LEADERS, STAFF


def wire() -> None:
    """Fill every registry. Called once, when all applications are loaded."""
    holdings.register(INTERACTIONS)
    holdings.register_eraser("interaction", erase_interaction)
    interpret_with(notes.SOURCE, notes.interpret)
    interpret_with(demo.SOURCE, demo.interpret)
    navigation.offer(
        Page(_("Today"), "today", "today", EVERYBODY, "today"),
        Page(_("Interactions"), "interactions", "words", EVERYBODY, "interactions"),
        Page(_("Customers"), "customers", "people", STAFF, "customers"),
        Page(_("Settings"), "settings", "settings", EVERYBODY, "settings"),
    )
    navigation.offer_settings(
        Page(_("Your details"), "profile", "colleague", EVERYBODY, "settings", _("Name, language, password")),
        Page(
            _("People and roles"),
            "people_and_roles",
            "people",
            ADMINISTRATORS,
            "settings",
            _("Who may come in, and what they see"),
        ),
        Page(
            _("Journey and touchpoints"),
            "journey_settings",
            "map",
            LEADERS,
            "settings",
            _("Where customers meet us, or hear of us"),
        ),
        Page(
            _("Calendar"),
            "calendar_settings",
            "calendar",
            LEADERS,
            "settings",
            _("Opening hours and closed days"),
        ),
        Page(
            _("Company"),
            "company_settings",
            "company",
            ADMINISTRATORS,
            "settings",
            _("Name, language, time zone"),
        ),
    )
