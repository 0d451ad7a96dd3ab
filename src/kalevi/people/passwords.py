"""What a password has to be; said by us, since Django's Finnish and Swedish lack it."""

import re
from difflib import SequenceMatcher
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext

ALIKE = 0.7


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """Say how many characters are needed."""
        return ngettext(
            "The password needs at least %(count)s character. Add another word to it.",
            "The password needs at least %(count)s characters. Add another word to it.",
            self.min_length,
        ) % {"count": self.min_length}


class NotOneself:
    """Not one's own name or e-mail address, nor nearly so.

    Django's own counts letters in any order: long words of quite another kind are refused as alike.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is much like its owner's name or address."""
        tried = password.casefold()
        for told in (getattr(user, "name", ""), getattr(user, "email", "")):
            whole = (told or "").casefold()
            for part in {whole, *re.split(r"\W+", whole)} - {""}:
                if SequenceMatcher(a=tried, b=part).ratio() >= ALIKE:
                    raise ValidationError(self.get_help_text(), code="password_too_similar")

    def get_help_text(self) -> str:
        """Say what to do instead."""
        return gettext("The password is too much like your name or e-mail address. Take other words.")
