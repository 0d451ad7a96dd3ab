"""What people can read and change: when a case opens, how soon it is answered, who takes care of what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kalevi.cases.shift_models import Away, Shift, Skill, Speaks  # noqa: F401  tables of this room
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Account, Contact


class Why(models.TextChoices):
    """Why somebody needs us."""

    PROBLEM = "problem", _("a problem")
    NEED = "need", _("a need or a question")
    LEAVING = "leaving", _("is about to leave")
    LOW_SCORE = "low_score", _("a low score")
    LEGAL = "legal", _("a legal request")
    BY_HAND = "by_hand", _("opened by a colleague")


class Urgency(models.TextChoices):
    """How soon it has to move."""

    NOW = "now", _("at once")
    SOON = "soon", _("today")
    CALM = "calm", _("within days")


class OpeningRule(models.Model):
    """When words open a case. One rule a reason; `sure` is how sure a reading has to be, from 0 to 1."""

    why = models.CharField(_("reason"), max_length=12, choices=Why.choices, unique=True)
    active = models.BooleanField(_("in use"), default=True)
    sure = models.FloatField(_("how sure the reading has to be"), default=0.6)
    # For a low score: its place on its own scale, from 0 (lowest) to 1.
    at_most = models.FloatField(_("the highest score, as a share of its scale"), default=0.3)
    urgency = models.CharField(_("urgency"), max_length=5, choices=Urgency.choices, default=Urgency.SOON)
    # For a legal request: the words that tell of one, a list a language; without any the usual ones.
    words = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(why__in=Why.values), name="cases_rule_why"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="cases_rule_urgency"),
            models.CheckConstraint(
                condition=Q(sure__gte=0, sure__lte=1, at_most__gte=0, at_most__lte=1),
                name="cases_rule_shares",
            ),
        ]

    def __str__(self) -> str:
        return self.why


class Target(models.Model):
    """Within how many of the customer's minutes the first answer comes.

    A touchpoint, an organisation and a customer may have their own; one of none of them is the common one.
    """

    touchpoint = models.ForeignKey(
        Touchpoint, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("touchpoint")
    )
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, blank=True, related_name="+")
    urgency = models.CharField(_("urgency"), max_length=5, choices=Urgency.choices)
    minutes = models.PositiveIntegerField(_("minutes"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["touchpoint", "urgency"], name="cases_one_target"),
            models.UniqueConstraint(fields=["account", "urgency"], name="cases_one_target_of_account"),
            models.UniqueConstraint(fields=["contact", "urgency"], name="cases_one_target_of_contact"),
            models.UniqueConstraint(
                fields=["urgency"],
                condition=Q(touchpoint__isnull=True, account__isnull=True, contact__isnull=True),
                name="cases_one_common_target",
            ),
            models.CheckConstraint(
                condition=Q(touchpoint__isnull=True, account__isnull=True)
                | Q(touchpoint__isnull=True, contact__isnull=True)
                | Q(account__isnull=True, contact__isnull=True),
                name="cases_target_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="cases_target_minutes"),
            models.CheckConstraint(condition=Q(urgency__in=Urgency.values), name="cases_target_urgency"),
        ]

    def __str__(self) -> str:
        return f"{self.urgency} {self.minutes}"


class Duty(models.Model):
    """Who takes care of a touchpoint. Where nobody does, everybody who meets customers does."""

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duties")
    touchpoint = models.ForeignKey(Touchpoint, models.CASCADE, related_name="duties")

    class Meta:
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["colleague", "touchpoint"], name="cases_one_duty")]

    def __str__(self) -> str:
        return f"{self.colleague_id} at {self.touchpoint_id}"
