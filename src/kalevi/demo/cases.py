"""The cases of the demo's last days: opened, answered and ended as people would."""

from datetime import datetime, timedelta

from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.actions.steps import note_answers, resolve
from kalevi.cases.actions.verdicts import keep_verdict
from kalevi.cases.models import Case, Verdict
from kalevi.interactions.ids import SEQUENCE_BITS
from kalevi.interactions.models import Interaction

LAST_DAYS = timedelta(days=4)


def open_cases(now: datetime) -> int:
    """Open the cases of the last days in the order things happened; return how many are there."""
    if Case.objects.exists():
        return 0
    oldest = int((now - LAST_DAYS).timestamp()) << SEQUENCE_BITS
    for said in Interaction.objects.filter(pk__gte=oldest).order_by("pk"):
        if said.outbound:
            note_answers(ids=[said.pk])
        else:
            open_by_rules(ids=[said.pk], at=said.received_at)
    for case in Case.objects.filter(answered_at__lt=now - timedelta(days=1)).select_related("owner"):
        resolve(case_id=case.pk, colleague=case.owner)
        keep_verdict(case_id=case.pk, verdict=Verdict.SOLVED)
    return Case.objects.count()
