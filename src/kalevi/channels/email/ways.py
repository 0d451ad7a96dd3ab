"""What mail adds beside an interaction: the whole mail, and answering by mail."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalevi.channels.email.answering import SENT
from kalevi.channels.email.receiving import SOURCE
from kalevi.interactions.models import Interaction
from kalevi.interactions.ways import Way
from kalevi.people.models import Colleague


def ways_by_mail(interaction: Interaction, colleague: Colleague) -> Iterator[Way]:
    """Yield what a colleague may do; nothing is asked of the database."""
    if not colleague.sees_names or interaction.erasure_id is not None:
        return
    if interaction.source in (SOURCE, SENT):
        yield Way(_("The whole mail"), reverse("interaction_mail", args=[interaction.pk]), "words")
    may_be_known = interaction.contact_id is not None or interaction.source == SOURCE
    if not interaction.outbound and may_be_known:
        yield Way(_("Answer by e-mail"), reverse("interaction_mail_answer", args=[interaction.pk]), "away")
