"""Wires promises: what is caught, who keeps them, who is reminded, what is held; a part of `wiring`."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kalevi.cases.colleague_mail import tell_by_mail
from kalevi.cases.queries.carried import carers_by_touchpoint, carrier_for_contact
from kalevi.channels.api import offering
from kalevi.interactions.erasing import when_words_are_erased
from kalevi.interactions.storing import when_words_are_stored
from kalevi.interactions.unread import when_words_are_read
from kalevi.jobs import schedules, titles
from kalevi.jobs.schedules import Schedule
from kalevi.people import holdings, keeping
from kalevi.promises import carers, events, tasks, telling
from kalevi.promises.holding import HOLDING, forget, still_owed
from kalevi.shell.navigation import Page
from kalevi.shell.roles import EVERYBODY, LEADERS, STAFF
from kalevi.webhooks import kinds
from kalevi.webhooks.kinds import Kind


def wire_promises() -> None:
    """Fill the registries for promises."""
    holdings.register(HOLDING)
    keeping.register("promise", still_owed)
    when_words_are_erased(forget)
    when_words_are_stored(tasks.look_soon)
    when_words_are_read(tasks.look_soon)
    telling.tell_with(tell_by_mail)
    offering.offer("kalevi.promises.endpoints")
    kinds.offer(
        Kind(events.GIVEN, _("something was promised to a customer"), events.described),
        Kind(events.KEPT, _("a promise was kept"), events.described),
        Kind(events.BROKEN, _("a promise was not kept"), events.described),
        Kind(events.DUE_SOON, _("a promise is soon due"), events.described),
    )
    carers.carried_with(carrier_for_contact)
    carers.cared_for_with(carers_by_touchpoint)
    titles.call(tasks.look.module_path, _("Looking for promises"))
    titles.call(tasks.watch.module_path, _("Reminding of promises"))
    schedules.register(Schedule("promises.watch", tasks.watch, timedelta(minutes=1)))


def promises_page() -> Page:
    """Return the entry of the menu."""
    return Page(_("Promises"), "promises", "good", EVERYBODY, "promises")


def promises_settings() -> tuple[Page, ...]:
    """Return the pages of settings about promises."""
    return (
        Page(
            _("Promises to everybody"),
            "brand_promises",
            "good",
            LEADERS,
            "settings",
            _("What we promise, where it is kept, and what shows it"),
        ),
        Page(
            _("Promises in your calendar"),
            "promise_calendar",
            "calendar",
            STAFF,
            "settings",
            _("A link of your own for your calendar"),
        ),
    )
