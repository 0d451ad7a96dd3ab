"""Whom the demo's colleagues could walk up to today: something new, good news, and the day's work."""

from datetime import datetime, timedelta

from kalevi.approaches.actions.daily import do_the_days_work
from kalevi.approaches.models import Ability, Approach, News
from kalevi.people.models import Account, Colleague
from kalevi.shell.roles import LEADERS


def propose_people(now: datetime) -> int:
    """Tell of something new and something good, and propose a few people; return how many are proposed."""
    if Approach.objects.exists():
        return 0
    teller = Colleague.objects.here(LEADERS).order_by("pk")[0]
    Ability.objects.create(
        words="Meillä voi nyt maksaa kännykällä kaikilla kassoilla.",
        seeds="mobiilimaksu, kännykällä",
        told_at=now - timedelta(hours=20),
        told_by_id=teller.pk,
    )
    News.objects.create(
        account=Account.objects.order_by("pk")[0],
        words="Olette saaneet Joutsenen aukion urakan.",
        told_at=now - timedelta(hours=18),
        told_by_id=teller.pk,
    )
    return do_the_days_work(now=now)["proposed"]
