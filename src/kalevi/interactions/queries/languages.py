"""The language to write to a customer in."""

from collections.abc import Callable

from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import newest_reading
from kalevi.people.models import Contact
from kalevi.shell.queries import company

# Those we can write in; words are read in others too.
LANGUAGES = ("fi", "sv", "en")


def language_to_write(contact: Contact | None, words: Callable[[], Interaction | None]) -> str:
    """Return the customer's own language, that of their words as they were read, or the company's.

    `words` are looked up only where the customer has told no language.
    """
    if contact is not None and contact.language in LANGUAGES:
        return contact.language
    said = words()
    reading = newest_reading(said) if said else None
    read = reading.language if reading else ""
    return read if read in LANGUAGES else company().language
