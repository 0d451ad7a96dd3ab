"""Taking a customer's word for it that a promise was not kept."""

from django.db import transaction

from kalevi.audit.actions import record
from kalevi.people.models import Colleague
from kalevi.promises.actions.giving import AnsweredError, join
from kalevi.promises.actions.keeping import keep_customers_verdict
from kalevi.promises.found_models import Proposal
from kalevi.promises.models import Theirs


@transaction.atomic
def take_their_word(*, proposal_id: int, colleague: Colleague) -> Proposal:
    """Keep that the customer says the promise which the proposal names was not kept; ours stays open.

    Raises AnsweredError, also for words that name none, and Promise.DoesNotExist where it is theirs no more.
    """
    named = Proposal.objects.get(pk=proposal_id).breaks_id
    if named is None:
        raise AnsweredError
    proposal = join(proposal_id=proposal_id, promise_id=named, colleague=colleague)
    contact_id = proposal.interaction.contact_id or 0
    keep_customers_verdict(promise_id=named, contact_id=contact_id, verdict=Theirs.BROKEN)
    record(
        action="promises.take_their_word",
        actor_id=colleague.pk,
        subject=f"promise:{named}",
        contact_id=contact_id,
    )
    return proposal
