"""Files that customers add to their cases: on the disk, outside what is served, gone with the person."""

import hashlib
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kalevi.cases.file_models import CaseFile
from kalevi.cases.models import Case
from kalevi.shell.kept_files import KeptFiles

FILES = KeptFiles("cases", CaseFile.objects.all)
MOST, LARGEST = 10, 10 * 1024 * 1024
# What a browser, a phone or an office program saves; never anything that runs.
KINDS = frozenset(
    (
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".pdf", ".txt", ".doc", ".docx", ".odt",
        ".xls", ".xlsx", ".ods", ".csv", ".mp4", ".mov", ".m4a", ".mp3", ".eml",
    )
)  # fmt: skip


class RefusedFileError(Exception):
    """A file is not kept; the argument is the key of the reason: too_many, too_large, kind or empty."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keep_file(*, case: Case, name: str, content: bytes) -> CaseFile:
    """Keep a file of the customer: on the disk first, then spoken of. The same bytes are the same file.

    Raises RefusedFileError.
    """
    name = Path(name.replace("\\", "/")).name.encode("utf-8", "replace").decode()
    name = "".join(sign for sign in name if sign.isprintable())[-200:]
    if not content:
        raise RefusedFileError("empty")
    if len(content) > LARGEST:
        raise RefusedFileError("too_large")
    if Path(name.lower().rstrip(" .")).suffix not in KINDS:
        raise RefusedFileError("kind")
    with FILES.alone(), transaction.atomic():
        known = CaseFile.objects.filter(case=case, digest=hashlib.sha256(content).hexdigest()).first()
        if known is not None:
            return known
        if CaseFile.objects.select_for_update().filter(case=case).count() >= MOST:
            raise RefusedFileError("too_many")
        return CaseFile.objects.create(
            case=case, at=timezone.now(), name=name, size=len(content), digest=FILES.write(content)
        )


def forget_files(cases: QuerySet[Case]) -> None:
    """Remove the files of cases, in the caller's transaction; from the disk after its commit."""
    FILES.forget(CaseFile.objects.filter(case__in=cases))
