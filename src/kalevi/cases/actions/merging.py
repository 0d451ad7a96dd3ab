"""Joining two cases of one customer: everything of the one goes on in the other."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.actions.carrying import end_what_waits, locked
from kalevi.cases.actions.opening import take_up
from kalevi.cases.file_models import CaseFile
from kalevi.cases.models import Case, CaseWord, State, Step, ToldAgain
from kalevi.cases.telling import tell
from kalevi.people.models import Colleague


@transaction.atomic
def merge(*, case_id: int, into_id: int, colleague: Colleague) -> Case:
    """Join a case to another of the same customer; its words, files and counts move along.

    What is unanswered in either is unanswered in the one. Raises ClosedError; ValueError where they are one
    case, or not known to be of one customer.
    """
    if case_id == into_id:
        raise ValueError(case_id)
    # In one order, so that two who join the same cases never wait for each other.
    both = {number: locked(number) for number in sorted((case_id, into_id))}
    case, kept, now = both[case_id], both[into_id], timezone.now()
    if case.contact_id is None or case.contact_id != kept.contact_id:
        raise ValueError(case_id)
    CaseWord.objects.filter(case=case).update(case=kept)
    ToldAgain.objects.filter(case=case).update(case=kept)
    _move_files(case, kept)
    end_what_waits(case, now)
    case.state, case.merged_into = State.MERGED, kept
    case.save(update_fields=["state", "merged_into"])
    _wait_as_long(case, kept, now)
    record(
        action="cases.merge",
        actor_id=colleague.pk,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        into=kept.pk,
    )
    tell("merged", kept)
    return kept


def _move_files(case: Case, kept: Case) -> None:
    """Move files; one that both have stands in one already."""
    known = CaseFile.objects.filter(case=kept).values("digest")
    CaseFile.objects.filter(Q(case=case) & ~Q(digest__in=known)).update(case=kept)


def _wait_as_long(case: Case, kept: Case, now: datetime) -> None:
    """Let the one have the earlier clock, and be to be answered where either was."""
    if case.waits_since < kept.waits_since and kept.answered_at is None:
        kept.waits_since = case.waits_since
        kept.answer_due_at = min(kept.answer_due_at, case.answer_due_at)
        kept.save(update_fields=["waits_since", "answer_due_at"])
    if case.step != Step.ANSWER or case.step_at is None or kept.step == Step.ANSWER:
        return
    take_up(kept, now)
    kept.step, kept.step_words, kept.step_at = Step.ANSWER, "", max(now, case.step_at)
    kept.save(update_fields=["step", "step_words", "step_at"])
