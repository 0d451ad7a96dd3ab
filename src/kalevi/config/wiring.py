"""Which rooms answer when another room asks: menu, personal data, stored words, schedules."""

from django.utils.translation import gettext_lazy as _

from kalevi.interactions.erasing import erase_interaction
from kalevi.interactions.holding import HOLDING as INTERACTIONS
from kalevi.people import holdings
from kalevi.shell import navigation
from kalevi.shell.navigation import Page
from kalevi.shell.roles import EVERYBODY


def wire() -> None:
    """Fill every registry. Called once, when all applications are loaded."""
    holdings.register(INTERACTIONS)
    holdings.register_eraser("interaction", erase_interaction)
    navigation.offer(
        Page(_("Today"), "today", "today", EVERYBODY, "today"),
        Page(_("Settings"), "settings", "settings", EVERYBODY, "settings"),
    )
    navigation.offer_settings(
        Page(_("Your details"), "profile", "colleague", EVERYBODY, "settings", _("Name, language, password")),
    )
