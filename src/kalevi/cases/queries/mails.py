"""How our mails fared: waiting, sent, arrived, come back. Whether one was opened nobody asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from kalevi.cases.models import Case
from kalevi.channels.email.failures import failure_text
from kalevi.channels.email.models import Sending

SHOWN = 60
_SHOWN_OF_IT = ("intake_id", "key", "purpose", "state", "failure", "made_at", "sent_at", "ended_at")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of ours, with what is wrong with it."""

    sending: Sending
    failure: str

    @property
    def asks(self) -> bool:
        """Whether it asked the customer if it is solved."""
        return (self.sending.key or "").startswith("solved:")

    @property
    def lost(self) -> bool:
        """Whether it never reached them."""
        return self.sending.state in (Sending.State.BOUNCED, Sending.State.FAILED)


def mails_of_case(case: Case) -> list[Mail]:
    """Return the mails that went out about a case, the oldest first: answers, and notices to the customer."""
    sent = Sending.objects.filter(interaction__case_word__case=case)
    # Notices to the customer only: colleagues are told of the same words too.
    ours = Q(key__startswith="carrier:") | Q(key__startswith="solved:")
    sent = sent.filter(Q(purpose=Sending.Purpose.ANSWER) | ours)
    return [Mail(one, failure_text(one.failure)) for one in sent.only(*_SHOWN_OF_IT).order_by("pk")[:SHOWN]]


def mails_by_intake(numbers: Iterable[int]) -> dict[int, Mail]:
    """Return the mails that carried these words of ours, by the words' intake; nothing is asked for none."""
    wanted = list(numbers)
    sent = Sending.objects.filter(intake__in=wanted).only(*_SHOWN_OF_IT) if wanted else ()
    return {one.intake_id: Mail(one, failure_text(one.failure)) for one in sent if one.intake_id is not None}
