"""Thanks on their way to the person they are for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.models import Interaction


class Praise(models.Model):
    """Thanks brought to one colleague: heard in a customer's words, or tapped on the page of their case."""

    class How(models.TextChoices):
        NAMED = "named", _("you were named")
        ON_DUTY = "on_duty", _("you were there")
        CARRIED = "carried", _("you carried it")
        PASSED = "passed", _("a colleague says it was you")
        LEFT = "left", _("for a colleague who is not here any more")

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="praises")
    interaction = models.ForeignKey(Interaction, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, blank=True, related_name="praises")
    how = models.CharField(max_length=8, choices=How.choices)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    # When they said that it was somebody else.
    passed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "colleague"], name="cases_praised_once_by_words"),
            models.UniqueConstraint(fields=["case", "colleague"], name="cases_praised_once_by_a_tap"),
            models.CheckConstraint(
                condition=Q(interaction__isnull=False) ^ Q(case__isnull=False),
                name="cases_praise_heard_or_tapped",
            ),
            models.CheckConstraint(
                condition=Q(how__in=("named", "on_duty", "carried", "passed", "left")),
                name="cases_praise_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["colleague", "-at"],
                name="cases_praise_new",
                condition=Q(seen_at__isnull=True, passed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"thanks for {self.colleague_id}"
