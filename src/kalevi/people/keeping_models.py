"""How long is kept what is held for a purpose, and what is about to go."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Keeping(models.Model):
    """The period of one purpose, in months; a purpose without a row has the default of `keeping.MONTHS`."""

    class Purpose(models.TextChoices):
        """Those of `Consent.Purpose`, and words that nobody known to us said."""

        SERVICE = "service", _("taking care of your matter")
        FEEDBACK = "feedback", _("asking for feedback")
        MARKETING = "marketing", _("telling about news")
        STORY = "story", _("telling your story")
        UNNAMED = "unnamed", _("words without a name")

    purpose = models.CharField(max_length=20, unique=True, choices=Purpose.choices)
    months = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=("service", "feedback", "marketing", "story", "unnamed")),
                name="people_keeping_purpose",
            ),
            models.CheckConstraint(condition=Q(months__range=(1, 600)), name="people_keeping_months"),
        ]

    def __str__(self) -> str:
        return self.purpose


class Ending(models.Model):
    """A notice that something will be erased: nothing goes by itself that has not stood here for a month.

    `number` is a contact's id, or for `unnamed` an interaction id: everything older than it that nobody
    known to us said, `count` things when the notice was given. `on` is the day of the erasure.
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", _("customer")
        UNNAMED = "unnamed", _("words without a name")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.BigIntegerField()
    on = models.DateField()
    noticed_at = models.DateTimeField()
    count = models.PositiveBigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="people_one_ending"),
            models.CheckConstraint(condition=Q(kind__in=("contact", "unnamed")), name="people_ending_kind"),
        ]
        indexes = [models.Index(fields=["on", "id"], name="people_ending_on")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} on {self.on}"
