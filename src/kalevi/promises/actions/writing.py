"""Telling the customer a new time before the old one slips: the letter, and that they were told otherwise."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from kalevi.channels.email import answering as mail
from kalevi.channels.email.outbox import CannotSendError, can_send
from kalevi.interactions.actions.notes import keep_answer
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.languages import language_to_write
from kalevi.people.models import Colleague
from kalevi.promises.actions.keeping import locked, tell_new_time
from kalevi.promises.models import Promise, Source
from kalevi.shell.queries import company


def newest_words(contact_id: int) -> Interaction | None:
    """Return the newest words a contact said themselves, which a letter to them answers."""
    said = Interaction.objects.filter(contact_id=contact_id, outbound=False, erasure__isnull=True)
    return said.select_related("intake", "contact").order_by("-pk").first()


def address_for(said: Interaction | None) -> str:
    """Return where a letter would go; empty where no address is known or nothing is sent from here."""
    return mail.address_to_answer(said) if said is not None and can_send() else ""


def language_for(promise: Promise, said: Interaction | None) -> str:
    """Return the language to write to the customer in: their own, that of their words, or the company's."""
    return language_to_write(promise.contact, lambda: said)


def letter(promise: Promise, colleague: Colleague, due_at: datetime, by_day: bool, language: str) -> str:
    """Return a beginning of the letter that tells a new time, to be made personal before it goes."""
    zone = ZoneInfo(company().time_zone)
    with override(language):
        names = promise.contact.name.split()
        told = {
            "name": names[0] if names else "",
            "first": _said(promise.due_at, promise.by_day, zone),
            "new": _said(due_at, by_day, zone),
            "words": promise.words or "",
            "colleague": colleague.name.split()[0] if colleague.name else "",
        }
        hello = gettext("Hello %(name)s,") % told if names else gettext("Hello,")
        if promise.source in (Source.WRITTEN, Source.BY_HAND) and promise.words:
            before = gettext("We promised you by %(first)s: “%(words)s”") % told
        else:
            before = gettext("We promised that you would hear from us by %(first)s.") % told
        sorry = gettext("I am sorry: that is too soon for us. You will have it by %(new)s.") % told
        return f"{hello}\n\n{before}\n\n{sorry}\n\n{told['colleague']}"


def _said(at: datetime, by_day: bool, zone: ZoneInfo) -> str:
    here = at.astimezone(zone)
    return date_format(here.date(), "DATE_FORMAT") if by_day else date_format(here, "DATETIME_FORMAT")


@transaction.atomic
def write_new_time(
    *,
    promise_id: int,
    colleague: Colleague,
    token: str,
    words: str,
    due_at: datetime,
    by_day: bool,
    by_mail: bool,
) -> Promise:
    """Tell the customer a new time by mail, or keep that a colleague told it; both are kept as ours.

    A known `token` is the same letter. Raises CannotSendError, EndedError and TimeError, and sends nothing.
    """
    promise = locked(promise_id)
    said = newest_words(promise.contact_id)
    if by_mail:
        if said is None:
            raise CannotSendError("address")
        with override(language_for(promise, said)):
            subject = mail.subject_to_answer(said) or company().name or gettext("About what we promised")
        mail.answer(
            colleague=colleague,
            token=token,
            interaction=said,
            to=address_for(said),
            subject=subject,
            words=words,
        )
    elif said is not None and words:
        keep_answer(colleague=colleague, token=token, interaction=said, words=words)
    told = (
        Interaction.objects.filter(
            answers=said, outbound=True, told_by_colleague_id=colleague.pk, verbatim=words
        )
        .order_by("-intake_id")
        .first()
        if said is not None and words
        else None
    )
    return tell_new_time(
        promise_id=promise_id, colleague=colleague, due_at=due_at, by_day=by_day, letter=told
    )
