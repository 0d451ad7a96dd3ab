"""A case: words that need us, one person who carries them, and what happens next.

The database refuses a case that nobody carries and a live one without a next step and its time.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kalevi.cases.alert_models import AlertChoice, Alerted, TeamRoom, TeamTelling  # noqa: F401  tables of this room
from kalevi.cases.file_models import CaseFile, Face  # noqa: F401  tables of this room
from kalevi.cases.link_models import CaseLink, Thanks  # noqa: F401  tables of this room
from kalevi.cases.no_models import AskedNo, HonestNo  # noqa: F401  tables of this room
from kalevi.cases.praise_models import Praise  # noqa: F401  tables of this room
from kalevi.cases.rule_models import Duty, OpeningRule, Target, Urgency, Why  # noqa: F401  tables of this room
from kalevi.cases.snippet_models import Snippet  # noqa: F401  tables of this room
from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.models import Interaction
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Contact


class State(models.TextChoices):
    """Where a case stands. Resolved is as we see it; the customer's verdict stands beside it."""

    OPEN = "open", _("with us")
    WAITING = "waiting", _("waiting for the customer")
    RESTING = "resting", _("resting after an honest no")
    RESOLVED = "resolved", _("resolved")
    MERGED = "merged", _("joined to another")
    ENDED = "ended", _("ended, since the customer’s data were erased")


LIVE = (State.OPEN, State.WAITING)


class Step(models.TextChoices):
    """What happens next; `other` is told in words."""

    ANSWER = "answer", _("answer the customer")
    CALL = "call", _("call the customer")
    FIND_OUT = "find_out", _("find out what happened")
    SEND = "send", _("send or bring what was missing")
    ASK_AFTER = "ask_after", _("ask whether all is well now")
    OTHER = "other", _("something else")


class Verdict(models.TextChoices):
    """What the customer said when asked whether it is solved."""

    SOLVED = "solved", _("solved, says the customer")
    NOT_SOLVED = "not_solved", _("not solved, says the customer")


def _live() -> Q:
    return Q(state="open") | Q(state="waiting")


class Case(models.Model):
    """Something we owe a customer. `owner` carries it; how it came to them is in `Carrying`."""

    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="cases")
    touchpoint = models.ForeignKey(Touchpoint, models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=12, choices=Why.choices)
    urgency = models.CharField(max_length=5, choices=Urgency.choices, default=Urgency.SOON)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    # When the customer said it: their clock runs from there, not from our opening.
    waits_since = models.DateTimeField()
    opened_by_id = models.BigIntegerField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases")
    step = models.CharField(max_length=10, choices=Step.choices, blank=True)
    step_words = models.CharField(max_length=300, blank=True)
    step_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by_id = models.BigIntegerField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verdict_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # The no after which it rests; taken off when it opens again, and kept among `nos`.
    no = models.ForeignKey("cases.HonestNo", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="cases_state"),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="cases_why"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="cases_urgency"),
            models.CheckConstraint(condition=Q(step__in=["", *Step.values]), name="cases_step"),
            models.CheckConstraint(
                condition=~_live() | (~Q(step="") & Q(step_at__isnull=False)),
                name="cases_live_has_a_next_step",
            ),
            models.CheckConstraint(
                condition=~Q(step="other") | ~Q(step_words=""), name="cases_other_step_in_words"
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved")
                | (Q(resolved_at__isnull=False) & Q(resolved_by_id__isnull=False)),
                name="cases_resolved_by_and_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="resting") | Q(no__isnull=False), name="cases_rests_after_a_no"
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="cases_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="cases_not_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", verdict_at__isnull=True)
                | (~Q(verdict="") & Q(verdict_at__isnull=False)),
                name="cases_verdict_with_time",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "step_at"], name="cases_of_owner", condition=_live()),
            models.Index(fields=["waits_since", "id"], name="cases_live", condition=_live()),
            models.Index(fields=["contact", "-opened_at"], name="cases_of_contact"),
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def live(self) -> bool:
        """Whether it still needs somebody."""
        return self.state in LIVE

    @property
    def customer_erased(self) -> bool:
        """Whether the customer's data were erased: nobody is left to answer or to give a link to."""
        return self.contact is not None and self.contact.erasure_id is not None


class CaseWord(models.Model):
    """An interaction that belongs to a case: it opened it, joined it, or is our answer."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="words")
    interaction = models.OneToOneField(Interaction, models.PROTECT, related_name="case_word")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"word of case {self.case_id}"


class Carrying(models.Model):
    """Who carried a case from when until when: the chain, which stays in sight."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="chain")
    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(until__isnull=True), name="cases_one_carries_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="cases_carried_forwards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} carries case {self.case_id}"


class Handover(models.Model):
    """A case offered to another colleague. It stays with the giver until the other one takes it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    offered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    taken = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="cases_one_offer_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="cases_offered_to_another"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, taken__isnull=True)
                | Q(ended_at__isnull=False, taken__isnull=False),
                name="cases_offer_ended_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} offered to {self.taker_id}"


class ToldAgain(models.Model):
    """A time the customer had to explain their matter once more: read from their words, or noted by us."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="told_again")
    at = models.DateTimeField()
    interaction = models.OneToOneField(
        Interaction, models.PROTECT, null=True, blank=True, related_name="told_again"
    )
    noted_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(interaction__isnull=False) ^ Q(noted_by_id__isnull=False),
                name="cases_told_again_read_or_noted",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.case_id} told again"


declare(
    Frozen(
        table="cases_caseword", columns=("id", "interaction_id", "at"), unique=(("id",), ("interaction_id",))
    ),
    Frozen(table="cases_carrying", columns=("id", "case_id", "colleague_id", "since"), write_once=("until",)),
)
