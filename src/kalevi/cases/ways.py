"""What cases add beside an interaction: the way to its case, or to a new one."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.models import Interaction
from kalevi.interactions.ways import Way
from kalevi.people.models import Colleague


def ways_to_cases(interaction: Interaction, colleague: Colleague) -> Iterator[Way]:
    """Yield the way to the case of a customer's words; nothing is asked of the database."""
    if colleague.sees_names and interaction.erasure_id is None and not interaction.outbound:
        yield Way(_("Case"), reverse("case_of", args=[interaction.pk]), "case")
