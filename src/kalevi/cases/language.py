"""The language to write to a customer in."""

from kalevi.cases.models import Case
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import newest_reading
from kalevi.shell.queries import company

LANGUAGES = ("fi", "sv", "en")


def language_of(case: Case) -> str:
    """Return the language to write to a customer in: their own, that of their words, or the company's."""
    if case.contact is not None and case.contact.language in LANGUAGES:
        return case.contact.language
    newest = Interaction.objects.filter(case_word__case=case, outbound=False).order_by("-pk").first()
    reading = newest_reading(newest) if newest else None
    told = reading.language if reading else ""
    return told if told in LANGUAGES else company().language
