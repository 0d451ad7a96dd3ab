"""Forms about how long words are kept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.people.keeping_models import Keeping
from kalevi.people.models import Consent

HELP = {
    "service": _("Counted from the last time they turned to us. Then everything about the person is erased."),
    "unnamed": _("Counted from when it was said, or from when an unreadable row arrived."),
}


class PeriodsForm(forms.Form):
    """The months of each purpose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for purpose in Keeping.Purpose:
            self.fields[purpose.value] = forms.IntegerField(
                label=LABELS[purpose.value],
                help_text=HELP.get(
                    purpose.value, _("The longest that a consent holds from when it is given.")
                ),
                min_value=1,
                max_value=600,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )


LABELS = {
    "service": _("Taking care of their matter, months"),
    "feedback": _("Asking for feedback, months"),
    "marketing": _("Telling about news, months"),
    "story": _("Telling their story, months"),
    "unnamed": _("Words without a name, months"),
}


class ProlongForm(forms.Form):
    """Why one person is kept longer, and until when."""

    basis = forms.ChoiceField(
        label=_("Legal basis"),
        choices=[choice for choice in Consent.Basis.choices if choice[0] != Consent.Basis.CONSENT],
        initial=Consent.Basis.CONTRACT,
    )
    until = forms.DateField(
        label=_("Keep until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=80,
        help_text=_("Such as a warranty or a matter that is still open. It stands on their page."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_until(self) -> date:
        """Refuse a day that has passed, and one further away than ten years."""
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today < day <= today + timedelta(days=3653):
            raise forms.ValidationError(_("Choose a day to come, at most ten years from now."))
        return day
