"""What a password has to be; said by us, since Django's Finnish and Swedish lack it."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """Say how many characters are needed."""
        return ngettext(
            "The password needs at least %(count)s character. Add another word to it.",
            "The password needs at least %(count)s characters. Add another word to it.",
            self.min_length,
        ) % {"count": self.min_length}
