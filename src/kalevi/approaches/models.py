"""Whom we walked up to, or might have: the reason as it was, who took it, and how it was met."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kalevi.approaches.rule_models import Limits, Rule, Why  # noqa: F401  tables of this room
from kalevi.guards.frozen import Frozen, declare
from kalevi.interactions.models import Interaction
from kalevi.people.models import Account, Contact, Erasure


class State(models.TextChoices):
    """Where an approach stands."""

    PROPOSED = "proposed", pgettext_lazy("approach", "proposed")
    TAKEN = "taken", pgettext_lazy("approach", "somebody is about to do it")
    APPROACHED = "approached", pgettext_lazy("approach", "we wait to hear how it was received")
    MET = "met", pgettext_lazy("approach", "done")
    NOT_NOW = "not_now", pgettext_lazy("approach", "not now")
    NOT_FIT = "not_fit", pgettext_lazy("approach", "did not fit")
    LAPSED = "lapsed", pgettext_lazy("approach", "nobody got round to it")
    DROPPED = (
        "dropped",
        pgettext_lazy("approach", "dropped: they wish to be left in peace, or were erased or merged"),
    )


LIVE = (State.PROPOSED, State.TAKEN, State.APPROACHED)
# The same occasion may come up again after these.
AGAIN = (State.NOT_NOW, State.LAPSED)


class Way(models.TextChoices):
    """How we walk up to somebody."""

    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by e-mail")
    PERSON = "person", _("in person")


class Met(models.TextChoices):
    """How it was met."""

    THANKED = "thanked", pgettext_lazy("met", "they thanked")
    ANSWERED = "answered", pgettext_lazy("met", "they answered")
    IGNORED = "ignored", pgettext_lazy("met", "nothing was heard")
    UNWELCOME = "unwelcome", pgettext_lazy("met", "it was not welcome")


class Ability(models.Model):
    """Something we now have or can do, told once: who said that they wish for it is looked up.

    `seeds` are words that such wishes would hold, any of them, parted by commas; `theme` narrows them down.
    """

    words = models.CharField(_("what we now have or can do"), max_length=300)
    seeds = models.CharField(_("words of such wishes"), max_length=300, blank=True)
    theme = models.CharField(max_length=30, blank=True)
    told_at = models.DateTimeField()
    told_by_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "abilities"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="approaches_ability_in_words"),
            models.CheckConstraint(
                condition=~Q(seeds="") | ~Q(theme=""), name="approaches_ability_seeds_or_theme"
            ),
        ]

    def __str__(self) -> str:
        return f"ability {self.pk}"


class News(models.Model):
    """Good news of an organisation that buys from us, in one line."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+", verbose_name=_("organisation"))
    words = models.CharField(_("the news"), max_length=300)
    told_at = models.DateTimeField()
    told_by_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "news"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="approaches_news_in_words")]

    def __str__(self) -> str:
        return f"news {self.pk}"


class Approach(models.Model):
    """One person, one reason, one day. `key` names the occasion; `facts` are what the reason says of it."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="approaches")
    why = models.CharField(max_length=20, choices=Why.choices)
    key = models.CharField(max_length=80)
    facts = models.JSONField(null=True)
    said = models.ForeignKey(
        Interaction, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField()
    proposed_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    approached_at = models.DateTimeField(null=True, blank=True)
    sent = models.ForeignKey(
        Interaction, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    met = models.CharField(max_length=10, choices=Met.choices, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # NULL: by itself, as after days without a word.
    ended_by_id = models.BigIntegerField(null=True, blank=True)
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name_plural = "approaches"
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="approaches_why"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="approaches_state"),
            models.CheckConstraint(condition=Q(way__in=["", *Way.values]), name="approaches_way"),
            models.CheckConstraint(
                condition=~Q(state__in=("taken", "approached", "met"))
                | (Q(taken_by__isnull=False, taken_at__isnull=False) & ~Q(way="")),
                name="approaches_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approached", "met")) | Q(approached_at__isnull=False),
                name="approaches_approached_at",
            ),
            models.CheckConstraint(
                condition=Q(state="met", met__in=Met.values, met_at__isnull=False)
                | (~Q(state="met") & Q(met="", met_at__isnull=True)),
                name="approaches_met_somehow",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_at__isnull=True)
                | (~Q(state__in=LIVE) & Q(ended_at__isnull=False)),
                name="approaches_ended_at",
            ),
            models.CheckConstraint(
                condition=Q(facts__isnull=False) ^ Q(erasure__isnull=False),
                name="approaches_facts_or_erasure",
            ),
            models.UniqueConstraint(
                fields=["contact"], condition=Q(state__in=LIVE), name="approaches_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["why", "key"], condition=~Q(state__in=AGAIN), name="approaches_one_an_occasion"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "id"], name="approaches_live", condition=Q(state__in=LIVE)),
            models.Index(fields=["contact", "id"], name="approaches_of_contact"),
            models.Index(fields=["proposed_on"], name="approaches_by_day"),
        ]

    def __str__(self) -> str:
        return f"approach {self.pk}"

    @property
    def live(self) -> bool:
        """Whether it still waits for somebody: for a colleague to act, or for a word of theirs."""
        return self.state in LIVE


declare(
    Frozen(
        table="approaches_approach",
        columns=("id", "why", "key", "said_id", "proposed_at", "proposed_on"),
        erasable=("facts",),
        write_once=("erasure_id", "approached_at", "sent_id"),
    ),
)
