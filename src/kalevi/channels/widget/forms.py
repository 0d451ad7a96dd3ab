"""Forms of the channel: the sites that may ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.channels.widget.origins import origin_in


class SiteForm(forms.Form):
    """One site, as somebody types it."""

    origin = forms.CharField(
        label=_("Address of the site"),
        help_text=_("Such as www.example.fi. Every page of it may then show the questions."),
        max_length=180,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def clean_origin(self) -> str:
        """Return the origin of what was typed."""
        origin = origin_in(self.cleaned_data["origin"])
        if origin is None:
            raise forms.ValidationError(_("That is not the address of a site. Write it like www.example.fi."))
        return origin
