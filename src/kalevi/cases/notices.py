"""What a customer is told of their case without asking: who takes care of it now, and that we think it is
solved, which only they can say. Never to one who is silent. It is no answer: the customer's clock runs on.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from kalevi.cases.actions.links import give_link
from kalevi.cases.language import language_of
from kalevi.cases.links import address_of
from kalevi.cases.models import Carrying, Case, Handover, State
from kalevi.channels.email.answering import address_to_answer, subject_to_answer
from kalevi.channels.email.models import Sending
from kalevi.channels.email.outbox import CannotSendError, Purpose, can_send, send
from kalevi.interactions.models import Interaction
from kalevi.shell.queries import company

CARRIER, SOLVED = "carrier", "solved"


@transaction.atomic
def tell_who_carries(case_id: int, now: datetime) -> Sending | None:
    """Tell a customer by e-mail who takes care of their matter now; None where nothing is to be told.

    Told of every hand-over that was accepted; of a case simply taken over, where the customer knew of
    somebody else: they were answered, or have a link. Each carrier is told of once.
    """
    case = Case.objects.select_related("owner", "contact").get(pk=case_id)
    carrying = Carrying.objects.filter(case=case, until__isnull=True).first()
    if not case.live or carrying is None or not _matters(case, carrying):
        return None
    return _notice(case, f"{CARRIER}:{carrying.pk}", _who_carries)


@transaction.atomic
def ask_if_solved(case_id: int, now: datetime) -> Sending | None:
    """Ask a customer by e-mail whether it is solved, once each time we find so; None where nobody is asked.

    Who never heard of the case, as nobody answered them, is not asked about it.
    """
    case = Case.objects.select_related("owner", "contact").get(pk=case_id)
    if case.state != State.RESOLVED or case.verdict or not _known(case):
        return None
    return _notice(case, f"{SOLVED}:{case.pk}:{case.reopened}", _is_it_solved)


def _notice(case: Case, key: str, written: Callable[[str, str], tuple[str, str]]) -> Sending | None:
    """Send what `written` makes of the carrier's first name and the link, as (subject, text)."""
    if not can_send() or (case.contact is not None and case.contact.in_peace_since is not None):
        return None
    newest = (
        Interaction.objects.filter(case_word__case=case, outbound=False, erasure__isnull=True)
        .select_related("intake", "contact")
        .order_by("-pk")
        .first()
    )
    to = address_to_answer(newest) if newest is not None else ""
    if newest is None or not to:
        return None
    language = language_of(case)
    with override(language):
        link = give_link(case=case, language=language, actor_id=None)
        subject, text = written(case.owner.name.split(" ")[0], address_of(link))
        try:
            return send(
                to=to,
                subject=subject_to_answer(newest) or subject,
                text=f"{text}\n\n{company().name or settings.ADDRESS}",
                purpose=Purpose.NOTICE,
                reply_to_interaction=newest.pk,
                key=key,
                language=language,
            )
        except CannotSendError:
            return None


def _who_carries(name: str, address: str) -> tuple[str, str]:
    text = gettext(
        "Hello,\n\n%(name)s is taking care of your matter from now on. You need not tell it again: "
        "we have everything you have told us.\n\nFollow your matter here: %(address)s"
    )
    subject = gettext("%(name)s is taking care of your matter")
    return subject % {"name": name}, text % {"name": name, "address": address}


def _is_it_solved(name: str, address: str) -> tuple[str, str]:
    text = gettext(
        "Hello,\n\n%(name)s thinks that your matter is settled now. Only you know: is it? One tap is enough, "
        "and if it is not, %(name)s will carry on at once.\n\n%(address)s"
    )
    return gettext("Is your matter settled now?"), text % {"name": name, "address": address}


def _matters(case: Case, carrying: Carrying) -> bool:
    accepted = Handover.objects.filter(case=case, taken=True, taker=carrying.colleague_id)
    return accepted.filter(ended_at__gte=carrying.since).exists() or _known(case)


def _known(case: Case) -> bool:
    """Whether the customer knows of the case: they were answered, or have its link."""
    return case.answered_at is not None or case.links.exists()
