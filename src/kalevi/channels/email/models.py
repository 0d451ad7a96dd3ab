"""Mailboxes that are polled, the server that sends, what was received and what goes out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalevi.interactions.models import Intake, Interaction
from kalevi.people.models import Contact


class Security(models.TextChoices):
    """How the way to a server is closed to others."""

    TLS = "tls", _("TLS from the beginning")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("nothing: only for a server on this machine")


class Server(models.Model):
    """A mail server as we reach it. The password is sealed: see `sealing`."""

    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=8, choices=Security.choices, default=Security.TLS)
    username = models.CharField(max_length=254, blank=True)
    password = models.TextField(blank=True)
    failure = models.CharField(max_length=40, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Mailbox(Server):
    """A mailbox that is polled. `last_uid` was stored, and everything below it, under `uid_validity`."""

    address = models.EmailField(max_length=254)
    folder = models.CharField(max_length=200, default="INBOX")
    since = models.DateField()
    mark_read = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    uid_validity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    next_check_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(
                condition=Q(security__in=Security.values), name="channels_email_mailbox_security"
            ),
            models.CheckConstraint(
                condition=Q(failure="", failing_since__isnull=True)
                | (~Q(failure="") & Q(failing_since__isnull=False)),
                name="channels_email_failing_since",
            ),
        ]

    def __str__(self) -> str:
        return f"mailbox {self.pk}"


class Outgoing(Server):
    """One row: the server that sends, and as whom. `signed_since`: answers are known to arrive at
    addresses with a sign of ours in them, since a mail of our own did.
    """

    name = models.CharField(max_length=120, blank=True)
    address = models.EmailField(max_length=254)
    acknowledge = models.BooleanField(default=False)
    signed_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="channels_email_one_outgoing"),
            models.CheckConstraint(
                condition=Q(security__in=Security.values), name="channels_email_outgoing_security"
            ),
        ]

    def __str__(self) -> str:
        return "outgoing mail"


class Inbound(models.Model):
    """One row while mail may be brought to us: the secret address is made of `number` and the secret key."""

    number = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="channels_email_one_inbound")]

    def __str__(self) -> str:
        return "mail that is brought to us"


class Sending(models.Model):
    """One mail that goes out: the row is the outbox. Its id in the world (`message_id`) never changes."""

    class Purpose(models.TextChoices):
        ANSWER = "answer", _("answer")
        ACKNOWLEDGEMENT = "acknowledgement", _("automatic thanks")
        INVITATION = "invitation", _("invitation")
        NOTICE = "notice", _("notice")
        TEST = "test", _("test")
        PROBE = "probe", _("test of the signed address")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("mail", "waiting to be sent")
        SENT = "sent", pgettext_lazy("mail", "sent")
        DELIVERED = "delivered", pgettext_lazy("mail", "arrived")
        BOUNCED = "bounced", pgettext_lazy("mail", "came back")
        FAILED = "failed", pgettext_lazy("mail", "could not be sent")

    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001  NULL: nothing to be known by
    message_id = models.CharField(max_length=250, unique=True)
    message = models.BinaryField(max_length=16, unique=True)
    to = models.CharField(max_length=254)
    recipient = models.BinaryField(max_length=16)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    language = models.CharField(max_length=3, blank=True)
    in_reply_to = models.CharField(max_length=950, blank=True)
    references = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=500, blank=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    interaction = models.ForeignKey(Interaction, models.PROTECT, null=True, related_name="+")
    intake = models.ForeignKey(Intake, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    failure = models.CharField(max_length=40, blank=True)
    reply = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("sent", "delivered")) | Q(sent_at__isnull=False),
                name="channels_email_sent_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("bounced", "failed")) | Q(ended_at__isnull=False),
                name="channels_email_ended_at",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="channels_email_due", condition=Q(state="waiting")),
            models.Index(fields=["recipient", "made_at"], name="channels_email_to"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Received(models.Model):
    """What was seen of one received mail before its words were understood: kind, thread, what it answers.

    `message` and `sender` are digests: of its id in the world, and of the address it came from.
    """

    class Kind(models.TextChoices):
        MESSAGE = "message", _("a person’s mail")
        OWN = "own", _("our own mail")
        COPY = "copy", _("a copy of another mail")
        AUTOMATIC = "automatic", _("automatic answer")
        BOUNCE = "bounce", _("delivery report")
        BULK = "bulk", _("mass mail")
        PROBE = "probe", _("our own test")

    intake = models.OneToOneField(Intake, models.PROTECT, primary_key=True, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    message = models.BinaryField(max_length=16)
    sender = models.BinaryField(max_length=16)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    sending = models.ForeignKey(Sending, models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "received"
        indexes = [
            models.Index(fields=["message"], name="channels_email_message"),
            models.Index(fields=["sender"], name="channels_email_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Attachment(models.Model):
    """Something sent along with a mail: kept as a file named by its digest, or not kept with the reason."""

    received = models.ForeignKey(Received, models.CASCADE, related_name="attachments")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    refused = models.CharField(max_length=20, blank=True)
    inline = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["received", "number"], name="channels_email_attached_once"),
            models.CheckConstraint(
                condition=(Q(digest="") & ~Q(refused="")) | (~Q(digest="") & Q(refused="")),
                name="channels_email_kept_or_refused",
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="channels_email_digest")]

    def __str__(self) -> str:
        return f"attachment {self.pk}"
