"""A colleague's open promises as a calendar others read: by a link that only its owner has.

The calendar holds the customer's first name, the time and the way to the promise: no words, no address,
no surname.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from kalevi.people.models import Colleague
from kalevi.promises.feed_models import CalendarLink
from kalevi.promises.models import Promise, State
from kalevi.shell.queries import company
from kalevi.shell.roles import STAFF
from kalevi.shell.seals import Seal

MOST = 500
HALF_AN_HOUR = timedelta(minutes=30)
_SEAL = Seal(b"kalevi.promises")


def text_of(link: CalendarLink) -> str:
    """Return a link as text."""
    return _SEAL.text_of(link.pk)


def address_of(link: CalendarLink) -> str:
    """Return the whole address."""
    return f"{settings.ADDRESS}{reverse('promise_feed', args=[text_of(link)])}"


def link_of(text: str) -> CalendarLink | None:
    """Return the link that a text stands for, while it holds and its colleague works here."""
    number = _SEAL.number_of(text)
    if number is None:
        return None
    found = CalendarLink.objects.filter(pk=number, ended_at__isnull=True, colleague__is_active=True)
    link = found.select_related("colleague").first()
    return link if link is not None and link.colleague.holds(*STAFF) else None


def calendar_of(colleague: Colleague, now: datetime) -> bytes:
    """Return the promises a colleague has to keep, as iCalendar (RFC 5545); a promised day is a whole day."""
    from icalendar import Calendar, Event  # heavy, and one page needs it

    zone = ZoneInfo(company().time_zone)
    host = settings.ADDRESS.split("://")[-1]
    calendar = Calendar()
    calendar.add("prodid", "-//Kalevi//promises//EN")
    calendar.add("version", "2.0")
    with override(colleague.language):
        calendar.add("x-wr-calname", gettext("My promises"))
        mine = Promise.objects.filter(owner=colleague, state=State.OPEN).select_related("contact")
        for promise in mine.order_by("due_at", "pk")[:MOST]:
            names = promise.contact.name.split()
            event = Event()
            event.add("uid", f"promise-{promise.pk}@{host}")
            event.add("dtstamp", now)
            event.add(
                "summary",
                gettext("Promise to %(name)s") % {"name": names[0]} if names else gettext("A promise"),
            )
            if promise.by_day:
                day = promise.due_at.astimezone(zone).date()
                event.add("dtstart", day)
                event.add("dtend", day + timedelta(days=1))
                event.add("transp", "TRANSPARENT")
            else:
                event.add("dtstart", promise.due_at - HALF_AN_HOUR)
                event.add("dtend", promise.due_at)
            event.add("url", f"{settings.ADDRESS}{reverse('promise', args=[promise.pk])}")
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
