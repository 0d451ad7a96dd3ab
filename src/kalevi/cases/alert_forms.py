"""How a colleague is told of cases, and the rooms of the team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.cases.alert_models import AlertChoice, TeamRoom
from kalevi.webhooks.addresses import RefusedError, target


class Alerts(forms.ModelForm[AlertChoice]):
    """One's own choice."""

    class Meta:
        model = AlertChoice
        fields = ("by_mail", "by_browser", "quiet_from", "quiet_until")
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the quiet hours, or neither."""
        told = super().clean() or {}
        if (told.get("quiet_from") is None) != (told.get("quiet_until") is None):
            self.add_error("quiet_until", _("Give both times, or leave both empty."))
        return told


class Room(forms.Form):
    """A room of the team to add."""

    kind = forms.ChoiceField(label=_("which"), choices=TeamRoom.Kind.choices)
    name = forms.CharField(label=_("name"), max_length=80)
    url = forms.CharField(label=_("address of its webhook"), max_length=500)

    def clean_url(self) -> str:
        """Refuse what is no address we would call."""
        url: str = self.cleaned_data["url"]
        try:
            target(url)
        except RefusedError as refused:
            raise forms.ValidationError(
                _(
                    "Nothing can be sent to this address. Copy it from Slack or Teams; it begins with https://."
                )
            ) from refused
        return url
