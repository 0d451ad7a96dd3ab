"""Who may call the API, what was answered under which key, and by which ids sources know organisations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kalevi.people.models import Account


class Token(models.Model):
    """A key that opens the API to one system. Only a digest of it is kept; `hint` is how it ends.

    `source` says whose ids the ids are that come with it: two tokens of one source know the same things.
    """

    name = models.CharField(_("name"), max_length=80)
    source = models.SlugField(_("source"), max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("made_at")),
                name="channels_api_ends_after_made",
            )
        ]

    def __str__(self) -> str:
        return f"token {self.pk}"


class Reply(models.Model):
    """What was answered to a request with an Idempotency-Key, so that it is answered the same again.

    `key` and `request` are digests. `body` holds ids and states only.
    """

    scope = models.CharField(max_length=80)
    key = models.BinaryField(max_length=16)
    request = models.BinaryField(max_length=16)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="channels_api_one_reply")]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class AccountId(models.Model):
    """By which id a source knows an organisation."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="external_ids")
    scope = models.CharField(max_length=80)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "value"], name="channels_api_one_account_id")]

    def __str__(self) -> str:
        return f"{self.scope} id of account {self.account_id}"
