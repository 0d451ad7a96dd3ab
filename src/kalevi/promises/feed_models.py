"""A colleague's own link to their promises as a calendar: can be ended, one at a time."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarLink(models.Model):
    """A link that was made; what it says is `feed.text_of`, and nothing of that is stored."""

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_links")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["colleague"], condition=Q(ended_at__isnull=True), name="promises_one_calendar_link"
            )
        ]

    def __str__(self) -> str:
        return f"calendar link {self.pk}"
