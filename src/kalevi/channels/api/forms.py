"""The form with which a token is made."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.channels.api.scopes import SCOPES, USUAL


class TokenForm(forms.Form):
    """For whom a token is, whose ids they use, what they may do, and until when."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Which system uses it, so that you know it again."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    source = forms.SlugField(
        label=_("Source"),
        help_text=_(
            "A short word such as shop. Ids are its own: “order 7” of the shop is not “order 7” of the till. "
            "Two tokens with the same source know the same ids."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"), choices=SCOPES.items, initial=USUAL, widget=forms.CheckboxSelectMultiple
    )
    lasts = forms.ChoiceField(
        label=_("It ends"),
        choices=[("365", _("in a year")), ("90", _("in 90 days")), ("", _("when it is ended by hand"))],
        initial="365",
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_source(self) -> str:
        """Return the source in small letters."""
        return str(self.cleaned_data["source"]).lower()

    def ends_at(self) -> datetime | None:
        """Return when the token ends."""
        days = self.cleaned_data["lasts"]
        return timezone.now() + timedelta(days=int(days)) if days else None
