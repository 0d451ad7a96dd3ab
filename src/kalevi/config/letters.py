"""How invitations leave: by the outbox of the channel `email`."""

from kalevi.channels.email import outbox
from kalevi.channels.invitations.delivering import Letter, UndeliverableError

_REASONS = {"address": "no_address"}


class ByMail:
    """Hands letters to the outbox."""

    def can_send(self) -> bool:
        """Whether a server to send with has been set."""
        return outbox.can_send()

    def carry(self, letter: Letter) -> None:
        """Put a letter in the outbox, in the caller's transaction. Raises UndeliverableError."""
        try:
            outbox.send(
                to=letter.to,
                subject=letter.subject,
                text=letter.text,
                html=letter.html,
                language=letter.language,
                contact_id=letter.contact_id,
                purpose=outbox.Purpose.INVITATION,
                key=letter.key,
                unsubscribe=letter.unsubscribe if letter.unsubscribe.startswith("https://") else "",
            )
        except outbox.CannotSendError as error:
            raise UndeliverableError(_REASONS.get(error.reason, "no_server")) from error
