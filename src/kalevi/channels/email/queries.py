"""Mail as its pages read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BinaryField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalevi.channels.email.answering import SENT
from kalevi.channels.email.failures import failure_text
from kalevi.channels.email.mail.headers import split
from kalevi.channels.email.mail.html import QUOTED_BELOW
from kalevi.channels.email.mail.parsing import Mail, parse
from kalevi.channels.email.mail.parts import UnreadableError
from kalevi.channels.email.mail.quoting import own_words
from kalevi.channels.email.models import Attachment, Mailbox, Outgoing, Received, Sending
from kalevi.channels.email.receiving import SOURCE
from kalevi.interactions.models import Intake, Interaction

SHOWN = 25
SHOWN_RAW, HEAD = 60_000, 20_000
_RECENT = timedelta(days=30)

REASONS: dict[str, str | Promise] = {
    "too_deep": _("It is packed into itself more deeply than mail programs pack."),
    "too_many_parts": _("It has more parts than mail programs make."),
    "too_large": _(
        "It is larger than 40 MB. Only its beginning is here; the whole of it is on the mail server."
    ),
    "not_given": _("The mail server did not give the whole of it."),
    "not_a_mail": _("It does not look like a mail at all."),
    "encrypted": _("It is encrypted, and only its receiver’s own program can open it."),
    "unreadable": _("It could not be read. Download it and open it in a mail program."),
}


def reason_text(key: str) -> str:
    """Return why a mail needs a look."""
    return str(REASONS.get(key, REASONS["unreadable"]))


@dataclass(frozen=True, slots=True)
class ShownMailbox:
    """A mailbox with what is wrong with it, and how many mails came from it."""

    mailbox: Mailbox
    failure: str
    count: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A mail that is no encounter: why, what kind of mail, and what can be told of it."""

    row: Intake
    why: str
    sender: str
    subject: str
    size: int


@dataclass(frozen=True, slots=True)
class WholeMail:
    """A mail as it came: who, to whom, when, all its text, what was left out of it, what came along."""

    sender: str
    to: str
    at: datetime | None
    subject: str
    text: str
    cut: bool
    attachments: Sequence[Attachment]
    sending: Sending | None = None
    failure: str = ""


def mailboxes_for_administrator() -> list[ShownMailbox]:
    """Return every mailbox, in two queries."""
    counts = dict(
        Received.objects.filter(mailbox__isnull=False)
        .values_list("mailbox")
        .annotate(count=Count("pk"))
        .values_list("mailbox", "count")
    )
    return [
        ShownMailbox(one, failure_text(one.failure), counts.get(one.pk, 0))
        for one in Mailbox.objects.order_by("pk")
    ]


def outgoing_for_administrator() -> tuple[Outgoing | None, str]:
    """Return the server that sends, and what is wrong with it."""
    found = Outgoing.objects.filter(pk=1).first()
    return found, failure_text(found.failure) if found else ""


def rejected_for_leaders(before: int | None = None) -> tuple[list[ShownRow], int | None]:
    """Return the newest mails that could not be read before an id, and the id to go on from."""
    rows = Intake.objects.filter(state=Intake.State.REJECTED, source=SOURCE)
    return _shown(rows, before)


def machines_for_leaders(before: int | None = None) -> tuple[list[ShownRow], int | None]:
    """Return the newest mails that no person wrote before an id, and the id to go on from."""
    numbers = Received.objects.exclude(kind__in=(Received.Kind.MESSAGE, Received.Kind.PROBE))
    kind = Received.objects.filter(pk=OuterRef("pk")).values("kind")[:1]
    rows = Intake.objects.filter(
        pk__in=numbers.values("pk"), state=Intake.State.UNDERSTOOD, erasure__isnull=True
    )
    return _shown(rows.annotate(kind=Subquery(kind)), before)


def _shown(rows: QuerySet[Intake], before: int | None) -> tuple[list[ShownRow], int | None]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.annotate(size=Length("raw")).defer("raw").order_by("-pk")[: SHOWN + 1])
    numbers = [row.pk for row in found]
    heads = dict(
        Intake.objects.filter(pk__in=numbers).values_list(
            "pk", Substr("raw", 1, HEAD, output_field=BinaryField())
        )
    )
    shown = []
    for row in found[:SHOWN]:
        sender, subject = _told(bytes(heads.get(row.pk) or b""))
        kind = getattr(row, "kind", None)
        why = str(Received.Kind(kind).label) if kind else reason_text(row.reason)
        shown.append(ShownRow(row, why, sender, subject, row.size or 0))
    return shown, found[SHOWN - 1].pk if len(found) > SHOWN else None


def _told(head: bytes) -> tuple[str, str]:
    headers, _body = split(head)
    sender = next((one.name or one.email for one in headers.addresses("from")), "")
    return sender[:120], " ".join(headers.text("subject").split())[:200]


def failed_for_leaders() -> list[tuple[Sending, str]]:
    """Return mails of ours of the last month that came back or could not be sent, each with why."""
    ended = Sending.objects.filter(
        state__in=(Sending.State.BOUNCED, Sending.State.FAILED), made_at__gt=timezone.now() - _RECENT
    )
    rows = ended.select_related("contact").defer("text", "html").order_by("-pk")[:SHOWN]
    return [(one, "" if one.state == Sending.State.BOUNCED else failure_text(one.failure)) for one in rows]


def sent_for_leaders(before: int | None = None) -> tuple[list[tuple[Sending, str]], int | None]:
    """Return the newest mails of the outbox before an id, each with what is wrong; and where to go on."""
    rows = Sending.objects.exclude(purpose=Sending.Purpose.PROBE).select_related("contact")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.defer("text", "html").order_by("-pk")[: SHOWN + 1])
    shown = [
        (one, "" if one.failure in ("", "bounced") else failure_text(one.failure)) for one in found[:SHOWN]
    ]
    return shown, found[SHOWN - 1].pk if len(found) > SHOWN else None


def whole_mail(interaction: Interaction) -> WholeMail | None:
    """Return the mail of an interaction; None where it was none, or was erased."""
    intake = interaction.intake
    sending = Sending.objects.filter(intake=intake, purpose=Sending.Purpose.ANSWER).first()
    if intake.source == SENT and sending is not None:
        failure = failure_text(sending.failure) if sending.failure not in ("", "bounced") else ""
        return WholeMail(
            "",
            sending.to,
            sending.made_at,
            sending.subject,
            interaction.verbatim or "",
            False,
            (),
            sending,
            failure,
        )
    if intake.source != SOURCE or not intake.raw:
        return None
    try:
        mail = parse(bytes(intake.raw))
    except UnreadableError:
        return None
    attachments = list(Attachment.objects.filter(received_id=intake.pk).order_by("number"))
    return _whole(mail, interaction, attachments)


def _whole(mail: Mail, interaction: Interaction, attachments: Sequence[Attachment]) -> WholeMail:
    to = ", ".join(one.email for one in mail.headers.addresses("to"))[:500]
    sender = f"{mail.sender.name} <{mail.sender.email}>" if mail.sender and mail.sender.name else ""
    sender = sender or (mail.sender.email if mail.sender else "")
    text = mail.text.replace(f"{QUOTED_BELOW}\n", "").replace(QUOTED_BELOW, "").strip()
    cut = own_words(mail.text).cut
    return WholeMail(sender, to, interaction.occurred_at, mail.subject, text, cut, attachments)


def thread_of(interaction: Interaction) -> list[Interaction]:
    """Return the other interactions of the thread of mails, oldest first; at most fifty."""
    numbers = {interaction.intake_id}
    asked: set[int] = set()
    new = set(numbers)
    while new - asked and len(numbers) < 100:
        step, asked = new - asked, asked | new
        rows = Received.objects.filter(Q(pk__in=step) | Q(parent__in=step) | Q(sending__intake__in=step))
        found = {n for row in rows.values_list("pk", "parent_id", "sending__intake_id") for n in row if n}
        ours = Sending.objects.filter(
            Q(interaction__intake__in=step) | Q(intake__in=step), purpose=Sending.Purpose.ANSWER
        )
        found |= {n for row in ours.values_list("intake_id", "interaction__intake_id") for n in row if n}
        new = found - numbers
        numbers |= found
    told = Interaction.objects.filter(intake__in=numbers).exclude(pk=interaction.pk)
    return list(told.select_related("contact").order_by("pk")[:50])


def raw_shown(row: Intake) -> str:
    """Return the beginning of a mail as it came, for reading as text."""
    return bytes(row.raw or b"")[:SHOWN_RAW].decode("utf-8", "replace").replace("\x00", "\ufffd")
