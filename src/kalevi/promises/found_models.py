"""What may be a promise: found in words by the machine, until a colleague says whether it is one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kalevi.interactions.models import Interaction


class Proposal(models.Model):
    """Words that may promise something: where they stand in the interaction's verbatim, no copy of them.

    `due_at` is the time the words speak of, the last moment of the day with `by_day`; NULL where they speak
    of none. `owner` is who would keep it, as far as that is known. Where the words tell that a promise was
    not kept, `breaks` is the open one that fits them. Once answered it stays as it is.
    """

    interaction = models.ForeignKey(Interaction, models.PROTECT, related_name="promise_proposals")
    words_from = models.IntegerField()
    words_to = models.IntegerField()
    source = models.CharField(max_length=8)
    due_at = models.DateTimeField(null=True, blank=True)
    by_day = models.BooleanField(default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    breaks = models.ForeignKey(
        "promises.Promise", models.PROTECT, null=True, blank=True, related_name="said_not_kept"
    )
    found_at = models.DateTimeField()
    answer = models.CharField(max_length=8, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.BigIntegerField(null=True, blank=True)
    promise = models.ForeignKey(
        "promises.Promise", models.PROTECT, null=True, blank=True, related_name="proposals"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interaction", "words_from"], name="promises_proposed_once"),
            models.CheckConstraint(
                condition=Q(words_from__gte=0, words_to__gt=F("words_from")),
                name="promises_proposal_has_words",
            ),
            models.CheckConstraint(
                condition=Q(source="written") | Q(source="noted") | Q(source="heard"),
                name="promises_proposal_source",
            ),
            models.CheckConstraint(
                condition=Q(
                    answer="", answered_at__isnull=True, answered_by_id__isnull=True, promise__isnull=True
                )
                | (
                    (Q(answer="promise") | Q(answer="same"))
                    & Q(answered_at__isnull=False, answered_by_id__isnull=False, promise__isnull=False)
                )
                | Q(
                    answer="not",
                    answered_at__isnull=False,
                    answered_by_id__isnull=False,
                    promise__isnull=True,
                ),
                name="promises_proposal_answered_whole",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="promises_unanswered", condition=Q(answer=""))]

    def __str__(self) -> str:
        return f"proposal {self.pk}"
