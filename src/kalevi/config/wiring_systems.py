"""Wires what other systems send and are told; a part of `wiring`."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from kalevi.channels.api import tasks as api_tasks
from kalevi.channels.api import telling
from kalevi.channels.api.sources import SOURCE
from kalevi.channels.api.understanding import something_waits
from kalevi.channels.file.models import Import
from kalevi.channels.file.running import when_finished
from kalevi.interactions.models import Intake
from kalevi.interactions.storing import when_words_are_stored
from kalevi.interactions.told import Understood, interpret_with
from kalevi.interactions.unread import when_words_are_read
from kalevi.jobs import schedules, titles, watches
from kalevi.jobs.schedules import Schedule
from kalevi.jobs.watches import Watch
from kalevi.orders.holding import HOLDING as ORDERS
from kalevi.people import holdings
from kalevi.shell.navigation import Page
from kalevi.shell.roles import ADMINISTRATORS
from kalevi.webhooks import kinds
from kalevi.webhooks import tasks as webhook_tasks
from kalevi.webhooks.holding import ERASED
from kalevi.webhooks.holding import HOLDING as WEBHOOKS
from kalevi.webhooks.kinds import Kind
from kalevi.webhooks.sending import something_is_due


def wire_other_systems() -> None:
    """Fill the registries for the API, orders and webhooks."""
    holdings.register(ORDERS)
    holdings.register(WEBHOOKS)
    interpret_with(SOURCE, _interpret)
    kinds.offer(
        Kind(telling.RECEIVED, _("a customer said something"), telling.interaction),
        Kind(telling.READ, _("words were read"), telling.reading),
        Kind(ERASED, _("a customer was erased")),
        Kind(telling.IMPORTED, _("an import came to its end")),
    )
    when_words_are_stored(telling.when_stored)
    when_words_are_read(telling.when_read)
    when_finished(_imported)
    titles.call(api_tasks.understand_received.module_path, _("Understanding what other systems sent"))
    titles.call(api_tasks.forget_replies.module_path, _("Removing old answers to other systems"))
    titles.call(webhook_tasks.send_waiting.module_path, _("Telling other systems"))
    titles.call(webhook_tasks.forget_old.module_path, _("Removing what other systems were told long ago"))
    watches.register(
        Watch(api_tasks.understand_received, something_waits),
        Watch(webhook_tasks.send_waiting, something_is_due),
    )
    schedules.register(
        Schedule("api.forget", api_tasks.forget_replies, timedelta(days=1), offset=timedelta(hours=3)),
        Schedule("webhooks.forget", webhook_tasks.forget_old, timedelta(days=1), offset=timedelta(hours=3)),
    )


def systems_settings() -> tuple[Page, ...]:
    """Return the pages of settings about other systems."""
    return (
        Page(
            _("API"),
            "api_settings",
            "load",
            ADMINISTRATORS,
            "settings",
            _("Which systems may send and read, and their tokens"),
        ),
        Page(
            _("Webhooks"),
            "webhooks",
            "next",
            ADMINISTRATORS,
            "settings",
            _("Which systems are told when something happens"),
        ),
    )


def _interpret(rows: Sequence[Intake]) -> list[Understood]:
    # Late: every command would spend a tenth of a second on pydantic, which few need.
    from kalevi.channels.api.interpreting import interpret

    return interpret(rows)


def _imported(done: Import) -> None:
    counts = {"rows": done.rows, "stored": done.stored, "known": done.known, "rejected": done.rejected}
    telling.when_imported(done.pk, done.state, counts)
