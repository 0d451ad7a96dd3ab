"""Forms of the channel: mailboxes, the server that sends, an answer."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kalevi.channels.email.models import Mailbox, Outgoing, Security, Server
from kalevi.interactions.models import Channel

_HERE = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")
_SERVER = ("host", "port", "security", "username")
_PLAIN = {"autocapitalize": "off", "autocorrect": "off", "spellcheck": "false"}


class ServerForm(forms.Form):
    """Where a server is and how we sign in there; the password is never shown again."""

    host = forms.CharField(
        label=_("Server"),
        help_text=_("As your provider gives it, such as mail.example.fi."),
        max_length=253,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    port = forms.IntegerField(
        label=_("Port"), min_value=1, max_value=65535, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    security = forms.ChoiceField(
        label=_("How the connection is secured"), choices=Security.choices, widget=forms.RadioSelect
    )
    username = forms.CharField(
        label=_("User name"),
        max_length=254,
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", **_PLAIN}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Leave it empty to keep the one that is stored. It is never shown."),
        max_length=500,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, stored: Server | None = None, **kwargs: Any) -> None:
        self.stored = stored
        super().__init__(*args, **kwargs)
        if stored is None or not stored.password:
            self.fields["password"].help_text = ""

    def clean_host(self) -> str:
        """Return the host in lower case; refuses what is no name of a server."""
        host = str(self.cleaned_data["host"]).strip().lower()
        if not _HOST.fullmatch(host):
            raise ValidationError(gettext("Write only the name of the server, such as mail.example.fi."))
        return host

    def clean(self) -> dict[str, Any]:
        """A password goes openly only to this machine, and a stored one only where it was given for."""
        cleaned = super().clean() or {}
        if cleaned.get("security") == Security.NONE and cleaned.get("host", "localhost") not in _HERE:
            self.add_error(
                "security", gettext("This is only for a server on this machine. Choose TLS or STARTTLS.")
            )
        kept = self.stored is not None and self.stored.password and not cleaned.get("password")
        if kept and any(cleaned.get(name, "") != getattr(self.stored, name) for name in _SERVER):
            self.add_error(
                "password", gettext("The server or the user name changed: give the password again.")
            )
        return cleaned


class MailboxForm(ServerForm):
    """One mailbox that is read."""

    address = forms.EmailField(
        label=_("The address customers write to"), max_length=254, widget=forms.EmailInput(attrs=_PLAIN)
    )
    folder = forms.CharField(label=_("Folder"), max_length=200, initial="INBOX")
    since = forms.DateField(
        label=_("From which day on mail is read"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )
    mark_read = forms.BooleanField(
        label=_("Mark mail as read on the server when it has been stored"), required=False
    )
    active = forms.BooleanField(label=_("Read this mailbox"), required=False)

    field_order = ("address", "host", "port", "security", "username", "password", "folder", "since")

    def __init__(self, *args: Any, stored: Mailbox | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {
            "port": 993,
            "security": Security.TLS,
            "folder": "INBOX",
            "since": timezone.localdate(),
            "active": True,
        }
        if stored is not None:
            initial = {name: getattr(stored, name) for name in self.base_fields if name != "password"}
        super().__init__(*args, stored=stored, initial=initial, **kwargs)


class OutgoingForm(ServerForm):
    """The server that sends, and as whom."""

    address = forms.EmailField(
        label=_("The address mail comes from"),
        help_text=_("Use the address of a mailbox that Kalevi reads: then answers come here."),
        max_length=254,
        widget=forms.EmailInput(attrs=_PLAIN),
    )
    name = forms.CharField(label=_("The name mail comes from"), max_length=120, required=False)
    acknowledge = forms.BooleanField(
        label=_("Thank at once for a customer’s first mail, in their language"), required=False
    )

    field_order = ("address", "name", "host", "port", "security", "username", "password")

    def __init__(self, *args: Any, stored: Outgoing | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"port": 465, "security": Security.TLS}
        if stored is not None:
            initial = {name: getattr(stored, name) for name in self.base_fields if name != "password"}
        super().__init__(*args, stored=stored, initial=initial, **kwargs)

    def clean_name(self) -> str:
        """Return the name on one line."""
        return " ".join(str(self.cleaned_data["name"]).split())


class AnswerForm(forms.Form):
    """An answer to a customer."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    to = forms.EmailField(
        label=pgettext_lazy("mail", "To"), max_length=254, widget=forms.EmailInput(attrs=_PLAIN)
    )
    subject = forms.CharField(label=_("Subject"), max_length=300)
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say first that you heard them. Then what happens next, and when."),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class AnsweredOtherwise(forms.Form):
    """An answer that did not go from here: by a mail program of one's own, by phone, face to face."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Say first that you heard them. Then what happens next, and when."),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    channel = forms.ChoiceField(
        label=_("How did you answer?"),
        choices=[
            (Channel.EMAIL.value, _("from my own mail program")),
            (Channel.PHONE.value, _("by phone")),
            (Channel.COUNTER.value, _("face to face")),
            (Channel.OTHER.value, _("in another way")),
        ],
        widget=forms.RadioSelect,
    )
