"""The company's own beginnings of answers: each has blanks that must be filled before it is sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Snippet(models.Model):
    """A text to begin an answer with. Blanks stand in it as «name», and none may be left when it is sent."""

    class Language(models.TextChoices):
        FI = "fi", "suomi"
        SV = "sv", "svenska"
        EN = "en", "English"

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    words = models.TextField(_("words"), max_length=4_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "name"], name="cases_one_snippet_by_a_name"),
            models.CheckConstraint(
                condition=Q(language="fi") | Q(language="sv") | Q(language="en"),
                name="cases_snippet_language",
            ),
        ]

    def __str__(self) -> str:
        return self.name
