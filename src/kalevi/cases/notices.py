"""What a customer is told of their case without asking: who takes care of it now. Never to one who is silent.

It is no answer: the customer's clock runs on.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from kalevi.cases.actions.links import give_link
from kalevi.cases.language import language_of
from kalevi.cases.links import address_of
from kalevi.cases.models import Carrying, Case, Handover
from kalevi.channels.email.answering import address_to_answer, subject_to_answer
from kalevi.channels.email.models import Sending
from kalevi.channels.email.outbox import CannotSendError, Purpose, can_send, send
from kalevi.interactions.models import Interaction
from kalevi.shell.queries import company


@transaction.atomic
def tell_who_carries(case_id: int, now: datetime) -> Sending | None:
    """Tell a customer by e-mail who takes care of their matter now; None where nothing is to be told.

    Told of every hand-over that was accepted; of a case simply taken over, where the customer knew of
    somebody else: they were answered, or have a link. Each carrier is told of once.
    """
    case = Case.objects.select_related("owner", "contact").get(pk=case_id)
    if not case.live or not can_send():
        return None
    if case.contact is not None and case.contact.in_peace_since is not None:
        return None
    carrying = Carrying.objects.filter(case=case, until__isnull=True).first()
    newest = (
        Interaction.objects.filter(case_word__case=case, outbound=False, erasure__isnull=True)
        .select_related("intake", "contact")
        .order_by("-pk")
        .first()
    )
    if carrying is None or newest is None or not _matters(case, carrying):
        return None
    to = address_to_answer(newest)
    if not to:
        return None
    language = language_of(case)
    with override(language):
        link = give_link(case=case, language=language, actor_id=None)
        name = case.owner.name.split(" ")[0]
        text = gettext(
            "Hello,\n\n%(name)s takes care of your matter from now on. You need not tell it again: "
            "everything you have told us is there.\n\nFollow your matter here: %(address)s\n\n%(company)s"
        ) % {"name": name, "address": address_of(link), "company": company().name or settings.ADDRESS}
        subject = subject_to_answer(newest) or gettext("%(name)s takes care of your matter") % {"name": name}
    try:
        return send(
            to=to,
            subject=subject,
            text=text,
            purpose=Purpose.NOTICE,
            reply_to_interaction=newest.pk,
            key=f"carrier:{carrying.pk}",
            language=language,
        )
    except CannotSendError:
        return None


def _matters(case: Case, carrying: Carrying) -> bool:
    accepted = Handover.objects.filter(case=case, taken=True, taker=carrying.colleague_id)
    if accepted.filter(ended_at__gte=carrying.since).exists():
        return True
    return case.answered_at is not None or case.links.exists()
