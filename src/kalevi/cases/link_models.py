"""The customer's own link to their case: no login, can be revoked, and ends."""

from django.db import models
from django.db.models import F, Q


class CaseLink(models.Model):
    """A link that was given; the newest that holds is the one to give again."""

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="links")
    language = models.CharField(max_length=2)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="cases_link_ends_after"),
            models.CheckConstraint(
                condition=Q(language="fi") | Q(language="sv") | Q(language="en"), name="cases_link_language"
            ),
        ]

    def __str__(self) -> str:
        return f"link to case {self.case_id}"


class Thanks(models.Model):
    """A thank-you that the customer tapped for whoever carried their case."""

    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="thanks")
    colleague = models.ForeignKey("people.Colleague", models.PROTECT, related_name="thanks")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "thanks"

    def __str__(self) -> str:
        return f"thanks for case {self.case_id}"
