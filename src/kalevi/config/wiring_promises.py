"""Wires promises: what is caught, who keeps them, who is reminded, what is held; a part of `wiring`."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from kalevi.cases.alert_models import AlertChoice
from kalevi.cases.models import LIVE, Case
from kalevi.cases.quiet import after_quiet
from kalevi.cases.rule_models import Duty
from kalevi.channels.api import offering
from kalevi.channels.email.outbox import CannotSendError, Purpose, send
from kalevi.interactions.erasing import when_words_are_erased
from kalevi.interactions.storing import when_words_are_stored
from kalevi.interactions.unread import when_words_are_read
from kalevi.jobs import schedules, titles
from kalevi.jobs.schedules import Schedule
from kalevi.people import holdings, keeping
from kalevi.people.models import Colleague
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
    telling.tell_with(_by_mail)
    offering.offer("kalevi.promises.endpoints")
    kinds.offer(
        Kind(events.GIVEN, _("something was promised to a customer"), events.described),
        Kind(events.KEPT, _("a promise was kept"), events.described),
        Kind(events.BROKEN, _("a promise was not kept"), events.described),
        Kind(events.DUE_SOON, _("a promise is soon due"), events.described),
    )
    carers.carried_with(_carrier)
    carers.cared_for_with(_carers)
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


def _by_mail(colleague: Colleague, words: str, address: str, key: str, now: datetime) -> None:
    choice = AlertChoice.objects.filter(colleague=colleague).first()
    if choice is not None and not choice.by_mail:
        return
    try:
        send(
            to=colleague.email,
            subject=words,
            text=f"{words}\n\n{address}\n",
            purpose=Purpose.NOTICE,
            key=key,
            not_before=after_quiet(choice, now),
        )
    except CannotSendError:
        # Today and the page of promises tell it all the same.
        return


def _carrier(contact_id: int) -> int | None:
    live = Case.objects.filter(contact_id=contact_id, state__in=LIVE).order_by("-pk")
    return live.values_list("owner_id", flat=True).first()


def _carers() -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    on_duty = Duty.objects.filter(colleague__is_active=True)
    for touchpoint_id, colleague_id in on_duty.values_list("touchpoint_id", "colleague_id"):
        found.setdefault(touchpoint_id, set()).add(colleague_id)
    return {touchpoint_id: frozenset(team) for touchpoint_id, team in found.items()}
