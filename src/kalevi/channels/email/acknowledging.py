"""Thanking at once for a first mail, where the company wishes it: once a sender a day, never a machine."""

from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext

from kalevi.channels.email.mail.parsing import Mail
from kalevi.channels.email.mail.quoting import own_words
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.channels.email.outbox import CannotSendError, Purpose, send
from kalevi.channels.email.sealing import bare, digest_of
from kalevi.channels.email.threads import colleague_ids, own_addresses
from kalevi.interactions.models import Intake
from kalevi.interactions.preparing import read_safely
from kalevi.interactions.queries.languages import LANGUAGES
from kalevi.interactions.unread import default_reader
from kalevi.shell.queries import company

ONE_DAY, MOST_AN_HOUR = timedelta(days=1), 120
OLDEST = timedelta(days=2)


def thank(row: Intake, mail: Mail) -> Sending | None:
    """Put thanks for a mail in the outbox, in the caller's transaction; None where none are due."""
    to = mail.answer_to
    if to is None or not Outgoing.objects.filter(pk=1, acknowledge=True).exists() or not _is_new(row, mail):
        return None
    now = timezone.now()
    address = bare(to.email)
    if address in {bare(one) for one in own_addresses()} or colleague_ids([to.email]):
        return None
    thanked = Sending.objects.filter(purpose=Purpose.ACKNOWLEDGEMENT)
    if thanked.filter(recipient=digest_of(address), made_at__gt=now - ONE_DAY).exists():
        return None
    if thanked.filter(made_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        return None
    language = _language(mail)
    subject, text = words(language)
    try:
        # The key lets the database refuse what two workers do at the same moment.
        return send(
            to=to.email,
            subject=_answer_subject(mail.subject) or subject,
            text=text,
            purpose=Purpose.ACKNOWLEDGEMENT,
            key=f"thanks:{digest_of(address).hex()}:{now:%Y-%m-%d}",
            language=language,
            intake_id=row.pk,
        )
    except CannotSendError:
        return None


def _is_new(row: Intake, mail: Mail) -> bool:
    """Whether it was just written: old mails of a mailbox taken into use are not thanked for."""
    return mail.sent_at is None or row.received_at - mail.sent_at < OLDEST


def _answer_subject(subject: str) -> str:
    return f"Re: {subject}"[:300] if subject else ""


def _language(mail: Mail) -> str:
    """Return the language of the mail, else the company's."""
    found = read_safely(default_reader(), [own_words(mail.text).own[:2_000]], [timezone.now()])[0]
    return found.language if found and found.language in LANGUAGES else company().language


def words(language: str) -> tuple[str, str]:
    """Return the subject and the text of the thanks in a language."""
    ours = company().name
    with translation.override(language):
        return gettext("Thank you for your mail"), gettext(
            "Hello,\n\nthank you for writing to us. Your words have reached us, and one of us reads them. "
            "We answer as soon as we can.\n\nIf you think of something more, just answer this mail.\n\n"
            "Warm regards,\n%(company)s"
        ) % {"company": ours}
