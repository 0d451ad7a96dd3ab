"""Forms of the webhooks' pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kalevi.webhooks.addresses import RefusedError, target
from kalevi.webhooks.kinds import kinds

REFUSED = {
    "bad_address": _("This is not an address of another system. Write it like https://example.fi/kalevi."),
    "no_https": _("The address has to begin with https://, so that nobody reads along."),
}


class EndpointForm(forms.Form):
    """Where somebody listens, and what they are told."""

    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    url = forms.CharField(
        label=_("Address"),
        help_text=_("We send a POST to it, such as https://example.fi/kalevi."),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(label=_("Tell when"), widget=forms.CheckboxSelectMultiple)
    with_words = forms.BooleanField(
        label=_("Send the customers’ words too. Without this only ids and times are told."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind.key, kind.label) for kind in kinds()]  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """Return an address that may be called; whether it is private shows when it is looked up."""
        url: str = self.cleaned_data["url"].strip()
        try:
            target(url)
        except RefusedError as refused:
            raise ValidationError(REFUSED[refused.reason]) from None
        return url


class ChangeForm(EndpointForm):
    """The same of an endpoint that is there, which may rest."""

    is_on = forms.BooleanField(label=_("In use"), required=False)
