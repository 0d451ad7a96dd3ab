"""What a colleague tells once: what we now have or can do, and good news of an organisation."""

from django.db import transaction
from django.utils import timezone

from kalevi.approaches.models import Ability, News
from kalevi.audit.actions import record
from kalevi.people.models import Account, Colleague


@transaction.atomic
def tell_ability(*, colleague: Colleague, words: str, seeds: str, theme: str) -> Ability:
    """Keep what we now have or can do; the next morning those who wished for it are looked up."""
    told = Ability.objects.create(
        words=words, seeds=seeds, theme=theme, told_at=timezone.now(), told_by_id=colleague.pk
    )
    record(action="approaches.tell_ability", actor_id=colleague.pk, subject=f"ability:{told.pk}")
    return told


@transaction.atomic
def end_ability(*, colleague: Colleague, ability_id: int) -> None:
    """Propose nobody more for it."""
    if Ability.objects.filter(pk=ability_id, ended_at__isnull=True).update(ended_at=timezone.now()):
        record(action="approaches.end_ability", actor_id=colleague.pk, subject=f"ability:{ability_id}")


@transaction.atomic
def tell_news(*, colleague: Colleague, account: Account, words: str) -> News:
    """Keep good news of an organisation; those who act for it are proposed to be congratulated."""
    told = News.objects.create(account=account, words=words, told_at=timezone.now(), told_by_id=colleague.pk)
    record(action="approaches.tell_news", actor_id=colleague.pk, subject=f"news:{told.pk}")
    return told


@transaction.atomic
def end_news(*, colleague: Colleague, news_id: int) -> None:
    """Propose nobody more for it."""
    if News.objects.filter(pk=news_id, ended_at__isnull=True).update(ended_at=timezone.now()):
        record(action="approaches.end_news", actor_id=colleague.pk, subject=f"news:{news_id}")
