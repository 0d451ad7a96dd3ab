"""Opening a case, or joining words to the one that is open already."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.cases.assigning import Matter, carrier_for
from kalevi.cases.clock import Targets, due, in_hours, targets
from kalevi.cases.events import tell_opened
from kalevi.cases.models import LIVE, Carrying, Case, CaseWord, State, Step, ToldAgain
from kalevi.cases.rule_models import Urgency, Why
from kalevi.cases.rules import Opening, current_rules, opening
from kalevi.cases.telling import tell
from kalevi.channels.email.models import Received
from kalevi.channels.email.receiving import SOURCE as MAIL
from kalevi.channels.survey.reach import left_with
from kalevi.interactions.fresh import FRESH
from kalevi.interactions.models import Interaction
from kalevi.interactions.own_themes import known_themes
from kalevi.interactions.queries.newest import NewestReadings
from kalevi.people.models import Colleague, Contact
from kalevi.shell.calendar import BusinessCalendar
from kalevi.shell.queries import company
from kalevi.text.reading import Reading

TOLD_AGAIN = frozenset({"told_again", "passed_around"})
# What somebody asks of us themselves; who wished for peace is answered on these, and on nothing else.
ASKED = frozenset({Why.LEGAL, Why.PROBLEM, Why.NEED})


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
    )
    said = list(fresh.select_related("contact").order_by("pk"))
    readings, opened = NewestReadings(said), []
    asking = {left.pk for left in left_with(said)}
    for interaction in said:
        reading = readings.of(interaction)
        found = opening(interaction, reading, rules, asks=interaction.pk in asking)
        if _in_peace(interaction) and (found is None or found.why not in ASKED):
            continue
        case = _case_of(interaction, found)
        if case is not None:
            _join(case, interaction, reading, now)
        elif found:
            opened.append(_open(interaction, found, known, now, reading=reading))
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
        reading=NewestReadings([interaction]).of(interaction),
        owner=colleague,
        by=colleague.pk,
    )


def _in_peace(interaction: Interaction) -> bool:
    return interaction.contact is not None and interaction.contact.in_peace_since is not None


def _case_of(interaction: Interaction, found: Opening | None) -> Case | None:
    """Return the case that words go on in: the customer's live one, or an ended one that they answer to.

    A case that rests opens again when its customer needs us, whatever way they come.
    """
    contact_id, answered = interaction.contact_id, _answered(interaction)
    if contact_id is None and not answered:
        return None
    theirs = Q(contact_id=contact_id) if contact_id is not None else Q(contact__isnull=True)
    mine = Case.objects.select_for_update().filter(theirs)
    if contact_id is not None:
        # Two jobs with words of one customer must not open a case each.
        Contact.objects.select_for_update().get(pk=contact_id)
        live = mine.filter(state__in=LIVE).order_by("-opened_at", "-pk").first()
        if live is not None:
            return live
    ended = mine.filter(state__in=(State.RESOLVED, State.RESTING)).order_by("-opened_at", "-pk")
    if answered:
        case = ended.filter(words__interaction__in=answered).first()
        if case is not None:
            return case
    if contact_id is None or found is None:
        return None
    return ended.filter(state=State.RESTING).first()


def _answered(interaction: Interaction) -> list[int]:
    """Return what of ours the words answer: an answer, or what a notice by e-mail was about."""
    known = [interaction.answers_id]
    if interaction.source == MAIL:
        replied = Received.objects.filter(pk=interaction.intake_id)
        known.append(replied.values_list("sending__interaction", flat=True).first())
    return [number for number in known if number is not None]


def _join(case: Case, interaction: Interaction, reading: Reading | None, now: datetime) -> None:
    CaseWord.objects.create(case=case, interaction=interaction, at=now)
    note_read_again(case, interaction, reading, now)
    take_up(case, now)
    record(
        action="cases.join",
        actor_id=None,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        interaction=str(interaction.pk),
    )
    tell("joined", case)


def note_read_again(case: Case, interaction: Interaction, reading: Reading | None, now: datetime) -> None:
    """Count that the customer had to explain again, where their words tell so: also with their first ones."""
    if reading is not None and TOLD_AGAIN & {theme.key for theme in reading.themes}:
        ToldAgain.objects.create(case=case, interaction=interaction, at=now)


def take_up(case: Case, now: datetime) -> None:
    """Let a case that waited for its customer, or had ended, be ours to act on: the customer has written."""
    if case.state == State.OPEN:
        return
    case.reopened += case.state != State.WAITING
    # The next word is theirs to get in the time that an answer takes here, not in the past by now.
    next_at = due(
        now,
        urgency=case.urgency,
        known=targets(),
        touchpoint_id=case.touchpoint_id,
        contact=case.contact,
    )
    case.state, case.step, case.step_words = State.OPEN, Step.ANSWER, ""
    case.step_at = in_hours(next_at, BusinessCalendar.of(company()))
    case.no = None
    case.save(update_fields=["state", "step", "step_words", "step_at", "reopened", "no"])


def _matter(interaction: Interaction, found: Opening, reading: Reading | None) -> Matter:
    theirs = interaction.contact.language if interaction.contact else ""
    read = reading.language if reading and reading.language != "und" else ""
    own = known_themes().of([interaction.verbatim or ""])[0]
    return Matter(
        touchpoint_id=interaction.touchpoint_id,
        language=theirs or read,
        themes=[theme.key for theme in (*(reading.themes if reading else ()), *own)],
        why=found.why.value,
    )


def _open(
    interaction: Interaction,
    found: Opening,
    known: Targets,
    now: datetime,
    *,
    reading: Reading | None = None,
    owner: Colleague | None = None,
    by: int | None = None,
) -> Case:
    rule_owner = owner or carrier_for(_matter(interaction, found, reading), now=now)
    answer_due = due(
        interaction.received_at,
        urgency=found.urgency,
        known=known,
        touchpoint_id=interaction.touchpoint_id,
        contact=interaction.contact,
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
        # The target stays on the customer's clock; what we promise is for when somebody is here.
        step_at=in_hours(max(answer_due, now), BusinessCalendar.of(company())),
        answer_due_at=answer_due,
    )
    CaseWord.objects.create(case=case, interaction=interaction, at=now)
    note_read_again(case, interaction, reading, now)
    Carrying.objects.create(case=case, colleague=rule_owner, since=now)
    record(
        action="cases.open",
        actor_id=by,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        why=found.why.value,
        owner=rule_owner.pk,
    )
    tell_opened(case)
    tell("opened", case)
    return case
