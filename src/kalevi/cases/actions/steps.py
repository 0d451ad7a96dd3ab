"""What happens next, that the customer was answered, and how a case ends or comes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from kalevi.audit.actions import record
from kalevi.cases.actions.carrying import end_what_waits, locked
from kalevi.cases.actions.links import give_link
from kalevi.cases.actions.looking import look
from kalevi.cases.clock import in_hours
from kalevi.cases.language import language_of
from kalevi.cases.links import address_of
from kalevi.cases.models import LIVE, Case, CaseWord, State, Step, ToldAgain
from kalevi.cases.telling import tell
from kalevi.channels.email import answering as mail
from kalevi.interactions.actions.notes import keep_answer
from kalevi.interactions.models import Interaction
from kalevi.people.models import Colleague
from kalevi.shell.calendar import BusinessCalendar
from kalevi.shell.queries import company

ASK_AFTER = timedelta(days=3)
LONGEST_STEP = timedelta(days=90)
# A thumb that taps twice means it once.
ONE_TAP = timedelta(minutes=1)


class TimeError(Exception):
    """The time of a next step is past, or further away than anybody waits."""


class MeanwhileError(Exception):
    """The customer has written more, or a colleague has answered, since the writer last looked."""


class NothingToAnswerError(Exception):
    """The case has no words of the customer left to answer."""


@dataclass(frozen=True, slots=True)
class Next:
    """What happens next, until when; `waits` says that it is the customer's turn."""

    step: Step
    at: datetime
    words: str = ""
    waits: bool = False


@transaction.atomic
def set_step(
    *, case_id: int, colleague: Colleague, step: Step, at: datetime, words: str = "", waits: bool = False
) -> Case:
    """Say what happens next and when; `waits` says that it is the customer's turn.

    Raises TimeError and ClosedError.
    """
    case, now = locked(case_id), timezone.now()
    if not now < at <= now + LONGEST_STEP:
        raise TimeError
    case.step, case.step_words, case.step_at = step, words, at
    case.state = State.WAITING if waits else State.OPEN
    case.save(update_fields=["step", "step_words", "step_at", "state"])
    _record("cases.set_step", case, colleague.pk, step=step.value)
    tell("moved", case)
    return case


@transaction.atomic
def answer(
    *,
    case_id: int,
    colleague: Colleague,
    token: str,
    words: str,
    by_mail: bool = False,
    anyway: str = "",
    looked_at: bool = False,
    then: Next | None = None,
    seen: int | None = None,
) -> Case:
    """Keep what was answered to the customer's newest words, and send it where it goes by mail.

    A known `token` is the same answer. `looked_at`: the words were looked at before, `anyway` as in `look`.
    `then` is what happens next; without it, a case that was to be answered is asked after. `seen` is the
    number of the newest word that the writer saw.
    Raises ClosedError, NothingToAnswerError, CannotSendError, TimeError, MeanwhileError, and what `look`
    raises.
    """
    case = locked(case_id)
    if seen is not None and _unseen(case, seen, colleague):
        raise MeanwhileError
    if not looked_at:
        look(case=case, colleague=colleague, words=words, anyway=anyway)
    newest = Interaction.objects.filter(case_word__case=case, outbound=False).order_by("-pk").first()
    if newest is None:
        raise NothingToAnswerError
    if by_mail:
        with override(language_of(case)):
            link = give_link(case=case, language=get_language() or "fi", actor_id=colleague.pk)
            follow = gettext("Follow your matter here:")
            closing = f"\n\n{follow} {address_of(link)}"
        mail.answer(
            colleague=colleague,
            token=token,
            interaction=newest,
            to=mail.address_to_answer(newest),
            subject=mail.subject_to_answer(newest) or company().name,
            words=words,
            closing=closing,
        )
    else:
        keep_answer(colleague=colleague, token=token, interaction=newest, words=words)
    # At once, where it is understood already: the case may end before any job comes to it.
    note_answers(ids=list(newest.answered_by.filter(case_word__isnull=True).values_list("pk", flat=True)))
    if then is not None:
        return set_step(
            case_id=case_id,
            colleague=colleague,
            step=then.step,
            at=then.at,
            words=then.words,
            waits=then.waits,
        )
    return case


def _unseen(case: Case, seen: int, colleague: Colleague) -> bool:
    """Whether the customer or another colleague said something after what was seen."""
    later = CaseWord.objects.filter(case=case, pk__gt=seen)
    return later.exclude(interaction__told_by_colleague_id=colleague.pk, interaction__outbound=True).exists()


@transaction.atomic
def note_answers(*, ids: list[int]) -> int:
    """Stop the clocks of cases whose customers were answered by these interactions; return how many.

    An answer is what a person sent: acknowledgements that go out by themselves are none. Where the next step
    was to answer, it is done: the customer's turn comes, and ours is to ask after them.
    """
    sent = Interaction.objects.filter(pk__in=ids, outbound=True, told_by_colleague_id__isnull=False)
    stopped = 0
    for interaction in sent.filter(case_word__isnull=True).order_by("pk"):
        case = _case_answered_by(interaction)
        if case is None:
            continue
        CaseWord.objects.create(case=case, interaction=interaction, at=timezone.now())
        if case.answered_at is None:
            case.answered_at = interaction.occurred_at
            case.save(update_fields=["answered_at"])
            stopped += 1
        if case.live and case.step == Step.ANSWER and _is_newest(interaction, case):
            _ask_after(case, interaction.occurred_at)
        _record("cases.note_answer", case, interaction.told_by_colleague_id)
        tell("answered", case)
    return stopped


def _is_newest(answer: Interaction, case: Case) -> bool:
    """Whether the customer has said nothing more since."""
    since = case.words.filter(interaction__outbound=False, interaction__occurred_at__gt=answer.occurred_at)
    return not since.exists()


def _ask_after(case: Case, answered_at: datetime) -> None:
    at = in_hours(max(answered_at + ASK_AFTER, timezone.now()), BusinessCalendar.of(company()))
    case.step, case.step_words, case.step_at, case.state = Step.ASK_AFTER, "", at, State.WAITING
    case.save(update_fields=["step", "step_words", "step_at", "state"])


def _case_answered_by(interaction: Interaction) -> Case | None:
    cases = Case.objects.select_for_update()
    if interaction.answers_id is not None:
        # Also one that has ended: the answer may be what ended it.
        found = cases.filter(words__interaction_id=interaction.answers_id).first()
        if found is not None:
            return found
    if interaction.contact_id is None:
        return None
    live = cases.filter(state__in=LIVE)
    return live.filter(contact_id=interaction.contact_id).order_by("-opened_at", "-pk").first()


@transaction.atomic
def resolve(*, case_id: int, colleague: Colleague) -> Case:
    """Say that it is solved as we see it; the customer is asked, and their "no" opens it again."""
    case, now = locked(case_id), timezone.now()
    case.state, case.resolved_at, case.resolved_by_id = State.RESOLVED, now, colleague.pk
    case.verdict, case.verdict_at = "", None
    case.save(update_fields=["state", "resolved_at", "resolved_by_id", "verdict", "verdict_at"])
    end_what_waits(case, now)
    _record("cases.resolve", case, colleague.pk)
    tell("resolved", case)
    return case


@transaction.atomic
def note_told_again(*, case_id: int, colleague: Colleague) -> ToldAgain:
    """Count that the customer had to explain their matter once more; two taps are one. Raises ClosedError."""
    case, now = locked(case_id), timezone.now()
    same = ToldAgain.objects.filter(case=case, noted_by_id=colleague.pk, at__gt=now - ONE_TAP)
    if (known := same.order_by("-pk").first()) is not None:
        return known
    noted = ToldAgain.objects.create(case=case, at=now, noted_by_id=colleague.pk)
    _record("cases.note_told_again", case, colleague.pk)
    return noted


def _record(action: str, case: Case, actor_id: int | None, **details: object) -> None:
    record(action=action, actor_id=actor_id, subject=f"case:{case.pk}", contact_id=case.contact_id, **details)
