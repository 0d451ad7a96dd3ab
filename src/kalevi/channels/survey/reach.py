"""How somebody who answers can be reached, where they left a phone number or an e-mail address for it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from kalevi.channels.survey.answers import OURS, Fields
from kalevi.channels.survey.models import Reach
from kalevi.channels.survey.raw import SOURCE
from kalevi.interactions.models import Interaction

FIELD, LONGEST = f"{OURS}reach", 254
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_PHONE = re.compile(r"\+?\(?\d[\d ()./-]{4,36}")
_DIGITS = range(6, 21)


class Left(NamedTuple):
    """What stands in the field: a number to call, an address to write to, or both; as it was written."""

    phone: str = ""
    email: str = ""

    @property
    def identities(self) -> tuple[tuple[str, str], ...]:
        """By what whoever left it is recognised.

        Anybody can write anything here. One way is safe: what we answer goes to its owner. Of two, one may be
        somebody else's: they are known again together only, and lead to nobody's timeline.
        """
        if self.email and self.phone:
            return (("left", f"{self.email} {_bare(self.phone)}"),)
        if self.email:
            return (("email", self.email),)
        return (("phone", _bare(self.phone)),) if self.phone else ()


def written(fields: Fields) -> str:
    """Return what stands in the field."""
    return next(iter(fields.get(FIELD, ())), "")[:LONGEST].strip()


def left_in(text: str) -> Left:
    """Return what in a text can be called or written to; nothing where nothing can."""
    address = _EMAIL.search(text)
    rest = text.replace(address[0], " ") if address else text
    numbers = (found[0].strip(" ()./-") for found in _PHONE.finditer(rest))
    phone = next((one for one in numbers if len(_bare(one).lstrip("+")) in _DIGITS), "")
    return Left(phone, address[0].lower() if address else "")


def _bare(phone: str) -> str:
    return re.sub(r"[^\d+]", "", phone)


def left_with(said: Iterable[Interaction]) -> list[Reach]:
    """Return what was left with answers among these, the newest first: one query at most."""
    answers = [interaction.pk for interaction in said if interaction.source == SOURCE]
    return list(Reach.objects.filter(interaction__in=answers).order_by("-interaction"))
