"""Keeping the company's beginnings of answers."""

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.cases.snippet_models import Snippet


@transaction.atomic
def keep_snippet(
    *, name: str, language: str, words: str, actor_id: int | None, snippet_id: int | None = None
) -> Snippet:
    """Add a snippet, or change one. Raises Snippet.DoesNotExist."""
    snippet = Snippet.objects.get(pk=snippet_id) if snippet_id is not None else Snippet()
    snippet.name, snippet.language, snippet.words = name, language, words
    snippet.save()
    record(action="cases.keep_snippet", actor_id=actor_id, subject=f"snippet:{snippet.pk}")
    return snippet


@transaction.atomic
def remove_snippet(*, snippet_id: int, actor_id: int | None) -> None:
    """Take a snippet out of use; answers that began with it stay as they were sent."""
    Snippet.objects.filter(pk=snippet_id).delete()
    record(action="cases.remove_snippet", actor_id=actor_id, subject=f"snippet:{snippet_id}")
