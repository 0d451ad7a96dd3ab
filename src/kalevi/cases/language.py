"""The language to write about a case in."""

from kalevi.cases.models import Case
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.languages import language_to_write


def language_of(case: Case) -> str:
    """Return the language to write to the customer in: theirs, that of their newest words, or ours."""
    said = Interaction.objects.filter(case_word__case=case, outbound=False).order_by("-pk")
    return language_to_write(case.contact, said.first)
