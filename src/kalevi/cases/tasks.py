"""The room's work: cases out of what was said."""

from collections.abc import Sequence

from django.utils import timezone
from django_tasks import task

from kalevi.cases import files
from kalevi.cases.actions.leaving import carry_on
from kalevi.cases.actions.links import understand_words
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.actions.praising import note_praise
from kalevi.cases.actions.steps import note_answers
from kalevi.cases.alerting import tell_of_change, watch_clocks
from kalevi.cases.notices import ask_if_solved, tell_who_carries
from kalevi.cases.returning import watch_mails
from kalevi.cases.team_telling import rooms_wait, tell_waiting
from kalevi.interactions.fresh import fresh_ids
from kalevi.jobs.watches import OUTWARD, QUICK

AT_ONCE = 500
TOLD = frozenset(
    {
        "opened",
        "joined",
        "corrected",
        "offered",
        "declined",
        "taken",
        "carried_on",
        "reopened",
        "no_asked",
        "no_otherwise",
        "no_unseen",
    }
)


# What was just said stands behind no long import.
@task(queue_name=QUICK)
def look(numbers: list[str]) -> dict[str, int]:
    """Note answers, open cases and bring thanks for these interactions; return how many of each."""
    ids = [int(number) for number in numbers]
    answered = note_answers(ids=ids)
    opened = len(open_by_rules(ids=ids))
    return {"answered": answered, "opened": opened, "thanked": note_praise(ids=ids)}


@task(queue_name=QUICK)
def tell_of(case_id: int, happened: str) -> int:
    """Tell colleagues of what happened to a case; return how many were told."""
    now = timezone.now()
    told = tell_of_change(case_id, happened, now)
    if rooms_wait(now):
        tell_rooms.enqueue()
    return told


# A room that is slow to answer keeps no colleague from hearing.
@task(queue_name=OUTWARD)
def tell_rooms() -> int:
    """Tell the rooms of the team what waits; return how many took it."""
    return tell_waiting(timezone.now())


@task
def watch() -> int:
    """Carry on with what was left or came back, and tell of clocks that run out; return how many."""
    now = timezone.now()
    done = carry_on(now) + watch_mails(now) + watch_clocks(now)
    if rooms_wait(now):
        tell_rooms.enqueue()
    return done


@task
def tell_customer(case_id: int) -> bool:
    """Tell a customer who takes care of their matter now; return whether a mail goes out."""
    return tell_who_carries(case_id, timezone.now()) is not None


@task
def ask_customer(case_id: int) -> bool:
    """Ask a customer whether it is solved; return whether a mail goes out."""
    return ask_if_solved(case_id, timezone.now()) is not None


def tell_soon(happened: str, case_id: int) -> None:
    """Have colleagues told of a case, where it is something that concerns them."""
    if happened in TOLD:
        tell_of.enqueue(case_id, happened)
    if happened in ("taken", "carried_on"):
        tell_customer.enqueue(case_id)
    if happened == "resolved":
        ask_customer.enqueue(case_id)


@task
def put_waiting_words() -> int:
    """Understand what customers added on their cases' pages and put it there, as after a power failure."""
    return understand_words()


@task
def tidy_files() -> int:
    """Remove customers' files that no case speaks of any more; return how many."""
    return files.FILES.tidy()


def look_soon(ids: Sequence[int]) -> None:
    """Have a look at new interactions once they are stored; those of the past are left alone."""
    fresh = fresh_ids(ids, timezone.now())
    for start in range(0, len(fresh), AT_ONCE):
        # As text: such numbers pass what JSON's readers hold safely.
        look.enqueue([str(number) for number in fresh[start : start + AT_ONCE]])
