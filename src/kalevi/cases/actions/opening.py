"""Opening a case, or joining words to the one that is open already."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.assigning import carrier_for
from kalevi.cases.clock import Targets, due, targets
from kalevi.cases.models import LIVE, Carrying, Case, CaseWord, State, Step, ToldAgain
from kalevi.cases.rule_models import Urgency, Why
from kalevi.cases.rules import Opening, current_rules, opening
from kalevi.cases.telling import tell
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import newest_reading
from kalevi.people.models import Colleague, Contact
from kalevi.text.reading import Reading

# Older words are history: nobody waits any more for what was said a month ago.
FRESH = timedelta(days=14)
TOLD_AGAIN = frozenset({"told_again", "passed_around"})


class HasCaseError(Exception):
    """The words belong to a case already; `case` is it."""

    def __init__(self, case: Case) -> None:
        super().__init__(case.pk)
        self.case = case


@transaction.atomic
def open_by_rules(*, ids: Sequence[int], at: datetime | None = None) -> list[Case]:
    """Open or join cases for interactions that need us, as of a moment; return the cases that were opened."""
    now = at or timezone.now()
    rules, known = current_rules(), targets()
    fresh = Interaction.objects.filter(
        pk__in=ids,
        outbound=False,
        erasure__isnull=True,
        occurred_at__gte=now - FRESH,
        case_word__isnull=True,
        older_version__isnull=True,
        contact__in_peace_since__isnull=True,
    ).order_by("pk")
    opened = []
    for interaction in fresh:
        reading = newest_reading(interaction) if interaction.verbatim else None
        case = _live_case_of(interaction)
        if case is not None:
            _join(case, interaction, reading, now)
        elif found := opening(interaction, reading, rules):
            opened.append(_open(interaction, found, known, now))
    return opened


@transaction.atomic
def open_by_hand(*, interaction: Interaction, colleague: Colleague, urgency: Urgency = Urgency.SOON) -> Case:
    """Open a case for words; whoever opens it carries it. Raises HasCaseError."""
    if (word := CaseWord.objects.filter(interaction=interaction).select_related("case").first()) is not None:
        raise HasCaseError(word.case)
    return _open(
        interaction,
        Opening(Why.BY_HAND, urgency),
        targets(),
        timezone.now(),
        owner=colleague,
        by=colleague.pk,
    )


def _live_case_of(interaction: Interaction) -> Case | None:
    if interaction.contact_id is None:
        return None
    # Two jobs with words of one customer must not open a case each.
    Contact.objects.select_for_update().get(pk=interaction.contact_id)
    mine = Case.objects.select_for_update().filter(contact_id=interaction.contact_id, state__in=LIVE)
    return mine.order_by("-opened_at", "-pk").first()


def _join(case: Case, interaction: Interaction, reading: Reading | None, now: datetime) -> None:
    CaseWord.objects.create(case=case, interaction=interaction, at=now)
    if reading is not None and TOLD_AGAIN & {theme.key for theme in reading.themes}:
        ToldAgain.objects.create(case=case, interaction=interaction, at=now)
    take_up(case, now)
    record(
        action="cases.join",
        actor_id=None,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        interaction=str(interaction.pk),
    )
    tell("joined", case)


def take_up(case: Case, now: datetime) -> None:
    """Let a case that waited for its customer, or had ended, be ours to act on: the customer has written."""
    if case.state == State.OPEN:
        return
    case.reopened += case.state != State.WAITING
    case.state, case.step, case.step_words, case.step_at = State.OPEN, Step.ANSWER, "", now
    case.save(update_fields=["state", "step", "step_words", "step_at", "reopened"])


def _open(
    interaction: Interaction,
    found: Opening,
    known: Targets,
    now: datetime,
    *,
    owner: Colleague | None = None,
    by: int | None = None,
) -> Case:
    rule_owner = owner or carrier_for(interaction.touchpoint_id)
    answer_due = due(
        interaction.received_at, touchpoint_id=interaction.touchpoint_id, urgency=found.urgency, known=known
    )
    case = Case.objects.create(
        contact_id=interaction.contact_id,
        touchpoint_id=interaction.touchpoint_id,
        why=found.why,
        urgency=found.urgency,
        opened_at=now,
        waits_since=interaction.received_at,
        opened_by_id=by,
        owner=rule_owner,
        step=Step.ANSWER,
        step_at=max(answer_due, now),
        answer_due_at=answer_due,
    )
    CaseWord.objects.create(case=case, interaction=interaction, at=now)
    Carrying.objects.create(case=case, colleague=rule_owner, since=now)
    record(
        action="cases.open",
        actor_id=by,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        why=found.why.value,
        owner=rule_owner.pk,
    )
    tell("opened", case)
    return case
