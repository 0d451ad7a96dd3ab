"""A promise given to one customer, by a time: what was promised never changes, and every date stays.

The database refuses half-facts: a promise without words or an erasure, one that is kept with no time, one
called kept that was late by its first date, and any change of what was promised, when, by whom and by when.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Contact, Erasure
from kalevi.promises.brand_models import BrandPromise, Measure  # noqa: F401  tables of this room
from kalevi.promises.feed_models import CalendarLink  # noqa: F401  tables of this room
from kalevi.promises.found_models import Proposal  # noqa: F401  tables of this room


class State(models.TextChoices):
    """Where a promise stands, as we see it. What the customer says of it stands beside, in `theirs`."""

    OPEN = "open", _("to be kept")
    KEPT = "kept", _("kept in time")
    LATE = "late", _("kept late")
    BROKEN = "broken", _("not kept")
    RELEASED = "released", _("the customer released us from it")
    FELL_AWAY = "fell_away", _("ended when the customer’s data were erased")


class Source(models.TextChoices):
    """How we know of a promise."""

    WRITTEN = "written", _("we wrote it to the customer")
    NOTED = "noted", _("a colleague noted it")
    HEARD = "heard", _("the customer told us of it")
    BY_HAND = "by_hand", _("written down by a colleague")


class Theirs(models.TextChoices):
    """What the customer says of a promise."""

    KEPT = "kept", _("kept, says the customer")
    LATE = "late", _("kept late, says the customer")
    BROKEN = "broken", _("not kept, says the customer")


class Promise(models.Model):
    """Something promised to one contact. `owner` keeps it; `giver` gave it, where that is known.

    `first_due_at` is what the customer heard first; `due_at` the newest date they were told. With `by_day`
    only a day was promised, and the moment is the last one of it. `ended_at` is when it was kept, or ended
    otherwise. `warn_at` is when the owner is warned, `warned_at` that they were.
    """

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="promises")
    words = models.TextField(null=True)  # noqa: DJ001  NULL only when erased
    source = models.CharField(max_length=8, choices=Source.choices)
    interaction = models.ForeignKey(
        Interaction, models.PROTECT, null=True, blank=True, related_name="promises"
    )
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises")
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, null=True, blank=True, related_name="+")
    brand = models.ForeignKey(BrandPromise, models.PROTECT, null=True, blank=True, related_name="given")
    promised_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    first_by_day = models.BooleanField()
    due_at = models.DateTimeField()
    by_day = models.BooleanField()
    warn_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True, blank=True)
    slipped_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_id = models.BigIntegerField(null=True, blank=True)
    theirs = models.CharField(max_length=6, choices=Theirs.choices, blank=True)
    theirs_at = models.DateTimeField(null=True, blank=True)
    erasure = models.ForeignKey(Erasure, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="promises_state"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="promises_source"),
            models.CheckConstraint(
                condition=Q(words__isnull=False) ^ Q(erasure__isnull=False), name="promises_words_or_erasure"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, ended_by_id__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="promises_ended_with_a_time",
            ),
            models.CheckConstraint(
                condition=(~Q(state="kept") | Q(ended_at__lte=F("first_due_at")))
                & (~Q(state="late") | Q(ended_at__gt=F("first_due_at"))),
                name="promises_kept_by_the_first_date",
            ),
            models.CheckConstraint(
                condition=~(Q(state="kept") | Q(state="late") | Q(state="broken"))
                | Q(ended_by_id__isnull=False),
                name="promises_our_verdict_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~Q(state="fell_away") | Q(erasure__isnull=False), name="promises_fell_away_erased"
            ),
            models.CheckConstraint(
                condition=Q(source="by_hand") | Q(interaction__isnull=False), name="promises_found_in_words"
            ),
            models.CheckConstraint(
                condition=~(Q(source="written") | Q(source="by_hand"))
                | Q(giver__isnull=False, promised_at__isnull=False),
                name="promises_ours_has_a_giver",
            ),
            models.CheckConstraint(
                condition=Q(promised_at__isnull=True) | Q(first_due_at__gte=F("promised_at")),
                name="promises_due_after_promised",
            ),
            models.CheckConstraint(
                condition=Q(theirs="", theirs_at__isnull=True)
                | (Q(theirs__in=Theirs.values) & Q(theirs_at__isnull=False)),
                name="promises_their_verdict_with_time",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="promises_open", condition=Q(state="open")),
            models.Index(
                fields=["owner", "due_at", "id"], name="promises_of_owner", condition=Q(state="open")
            ),
            models.Index(fields=["contact", "due_at"], name="promises_of_contact"),
            models.Index(fields=["first_due_at", "id"], name="promises_by_first_date"),
            models.Index(
                fields=["warn_at"],
                name="promises_to_warn",
                condition=Q(state="open", warned_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk}"

    @property
    def moved(self) -> bool:
        """Whether the customer was told another date than the first."""
        return self.due_at != self.first_due_at


class Happened(models.TextChoices):
    """What happened to a promise."""

    GIVEN = "given", _("promised for")
    NEW_TIME = "new_time", _("the customer was told a new time")
    WARNED = "warned", _("the one who keeps it was reminded")
    SLIPPED = "slipped", _("the time passed")
    OURS = "ours", _("we say")
    THEIRS = "theirs", _("the customer says")
    TAKEN = "taken", _("somebody else keeps it now")
    REOPENED = "reopened", _("open again")


_DATED = Q(kind="given") | Q(kind="new_time") | Q(kind="warned") | Q(kind="slipped")
_JUDGED = Q(kind="ours") | Q(kind="theirs")


class Event(models.Model):
    """One thing that happened to a promise; rows are only added. Dates told stay, whatever comes after.

    `by_id` is a colleague, NULL for the customer or the clock; with `taken`, who keeps it from then on.
    `verdict` is a state (`ours`) or what the customer says (`theirs`). `letter` is how they were told a new
    time, where it was written to them.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=8, choices=Happened.choices)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    by_day = models.BooleanField(null=True, blank=True)
    verdict = models.CharField(max_length=9, blank=True)
    letter = models.ForeignKey(Interaction, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Happened.values), name="promises_event_kind"),
            models.CheckConstraint(
                condition=(_DATED & Q(due_at__isnull=False, by_day__isnull=False))
                | (~_DATED & Q(due_at__isnull=True, by_day__isnull=True)),
                name="promises_event_date",
            ),
            models.CheckConstraint(
                condition=(_JUDGED & ~Q(verdict="")) | (~_JUDGED & Q(verdict="")),
                name="promises_event_verdict",
            ),
            models.UniqueConstraint(
                fields=["promise"], condition=Q(kind="given"), name="promises_given_once"
            ),
            models.UniqueConstraint(
                fields=["promise", "kind", "due_at"],
                condition=Q(kind="warned") | Q(kind="slipped"),
                name="promises_told_once",
            ),
        ]
        indexes = [models.Index(fields=["promise", "id"], name="promises_history")]

    def __str__(self) -> str:
        return f"{self.kind} of promise {self.promise_id}"


declare(
    Frozen(
        table="promises_promise",
        columns=(
            "id",
            "source",
            "interaction_id",
            "giver_id",
            "touchpoint_id",
            "promised_at",
            "made_at",
            "first_due_at",
            "first_by_day",
        ),
        erasable=("words",),
        write_once=("erasure_id",),
    ),
    Frozen(
        table="promises_event",
        columns=("id", "promise_id", "kind", "at", "by_id", "due_at", "by_day", "verdict", "letter_id"),
    ),
    Frozen(
        table="promises_proposal",
        columns=("id", "interaction_id", "words_from", "words_to", "source", "breaks_id", "found_at"),
        write_once=("answered_at", "answered_by_id", "promise_id"),
        unique=(("id",), ("interaction_id", "words_from")),
        # One that nobody answered goes with the words it was found in.
        deletable_when="OLD.answered_at IS NULL",
    ),
)
