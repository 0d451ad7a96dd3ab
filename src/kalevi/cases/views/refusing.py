"""Why words did not go out, in plain words."""

from django.utils.translation import gettext

from kalevi.cases.actions.looking import LeakError
from kalevi.cases.snippets import UnchangedError, UnfilledError
from kalevi.channels.email.outbox import CannotSendError

NOT_SENT = (CannotSendError, UnfilledError, UnchangedError, LeakError)


def why_not_sent(error: Exception) -> str:
    """Return what to do about one of `NOT_SENT`."""
    if isinstance(error, UnfilledError):
        return gettext("Fill in %(blanks)s first: that is what makes it theirs.") % {
            "blanks": ", ".join(f"«{blank}»" for blank in error.blanks)
        }
    if isinstance(error, UnchangedError):
        return gettext("This would go to anybody as it is. Add what this very customer told you.")
    if isinstance(error, LeakError):
        return gettext(
            "This seems to hold somebody else’s personal data: %(quotes)s. Take it out, or say why it may go."
        ) % {"quotes": ", ".join(error.quotes)}
    return gettext("It cannot be sent by e-mail. Untick the box and tell them yourself.")
