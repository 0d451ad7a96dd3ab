"""Forms of the channel: what a screen asks and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.channels.kiosk.queries import surveys_with_faces
from kalevi.journeys.models import Touchpoint

NEW = "new"


class KioskForm(forms.Form):
    """A screen: its name among us, what it asks, and how soon it begins anew."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("For us, such as “Till by the door”. Customers do not see it."),
        max_length=120,
    )
    survey = forms.ChoiceField(label=_("What it asks"), widget=forms.RadioSelect)
    touchpoint = forms.ModelChoiceField(
        label=_("Touchpoint"),
        queryset=Touchpoint.objects.none(),
        required=False,
        empty_label=_("not sure"),
        help_text=_("For the new question. A survey has its own."),
    )
    reset_after = forms.IntegerField(
        label=_("Starts over after how many seconds"),
        help_text=_(
            "When somebody walks away in the middle. The face they chose counts, words not sent are cleared."
        ),
        min_value=5,
        max_value=300,
        initial=20,
    )

    def __init__(self, *args: Any, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[str, Any]] = [(str(one.pk), one.name) for one in surveys_with_faces()]
        if new:
            choices.append((NEW, _("A new question: what feeling stayed with you?")))
            self.fields["touchpoint"].queryset = Touchpoint.objects.filter(active=True)  # type: ignore[attr-defined]
            self.fields["survey"].initial = choices[0][0]
        else:
            del self.fields["touchpoint"]
        self.fields["survey"].choices = choices  # type: ignore[attr-defined]
