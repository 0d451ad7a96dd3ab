"""Looking at words before they go to a customer: nothing left blank, nothing of a third person unasked."""

from kalevi.audit.actions import record
from kalevi.cases.models import Case
from kalevi.cases.queries.one import coach_for_case
from kalevi.cases.snippets import check_personal
from kalevi.people.models import Colleague

# Why somebody sends what looks like a third person's data all the same.
REASONS = ("allowed", "own", "public", "nobodys")


class LeakError(Exception):
    """The words seem to hold somebody else's personal data; `quotes` are the places."""

    def __init__(self, quotes: tuple[str, ...]) -> None:
        super().__init__(len(quotes))
        self.quotes = quotes


def look(*, case: Case, colleague: Colleague, words: str, anyway: str = "") -> None:
    """Refuse words that would go out unfinished; with a reason in `anyway`, personal data go and are logged.

    Raises UnfilledError, UnchangedError and LeakError; ValueError for a reason nobody knows.
    """
    check_personal(words)
    if anyway and anyway not in REASONS:
        raise ValueError(anyway)
    quotes = tuple(hint.quote for hint in coach_for_case(case, words, reader=colleague).hints if hint.blocks)
    if not quotes:
        return
    if not anyway:
        raise LeakError(quotes)
    record(
        action="cases.send_anyway",
        actor_id=colleague.pk,
        subject=f"case:{case.pk}",
        contact_id=case.contact_id,
        reason=anyway,
        places=len(quotes),
    )
