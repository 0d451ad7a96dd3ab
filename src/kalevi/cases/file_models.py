"""Pictures: those a customer adds to their case, and the small one a colleague may show of themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class CaseFile(models.Model):
    """A file that a customer added on the page of their case; on the disk it is named by its digest."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="files")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            # The same file sent twice is one.
            models.UniqueConstraint(fields=["case", "digest"], name="cases_one_file_of_the_same_bytes"),
            models.CheckConstraint(condition=Q(size__gt=0), name="cases_file_not_empty"),
        ]
        indexes = [models.Index(fields=["digest"], name="cases_file_digest")]

    def __str__(self) -> str:
        return f"file {self.pk}"


class Face(models.Model):
    """The picture that a colleague wishes customers to see on the pages of their cases."""

    colleague = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="picture")
    picture = models.BinaryField()
    type = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(type="image/jpeg") | Q(type="image/png") | Q(type="image/webp"),
                name="cases_face_type",
            )
        ]

    def __str__(self) -> str:
        return f"picture of {self.colleague_id}"
