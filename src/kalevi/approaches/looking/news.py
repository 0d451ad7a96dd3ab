"""Whom to congratulate: those who act for an organisation of which a colleague told good news."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from kalevi.approaches.looking.candidate import Candidate, day_of
from kalevi.approaches.models import News
from kalevi.approaches.rule_models import Rule
from kalevi.people.models import Contact, Side


def to_congratulate(rule: Rule, now: datetime) -> Iterator[Candidate]:
    """Yield the contacts of organisations with good news of the last `days`, the newest news first."""
    fresh = News.objects.filter(
        ended_at__isnull=True, told_at__gte=now - timedelta(days=rule.days)
    ).select_related("account")
    for news in fresh.order_by("-pk"):
        theirs = Contact.objects.filter(account=news.account, side=Side.CUSTOMER).order_by("pk")
        for contact_id in theirs.values_list("pk", flat=True):
            facts = {"day": day_of(news.told_at), "account": news.account.name, "words": news.words}
            yield Candidate(contact_id, f"news:{news.pk}:{contact_id}", facts)
