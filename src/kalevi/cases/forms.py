"""What colleagues write on a case."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.cases.models import Step
from kalevi.people.models import Colleague

QUICK = (
    ("hour", _("within an hour")),
    ("today", _("within four hours")),
    ("tomorrow", _("tomorrow")),
    ("days", _("within three days")),
    ("week", _("within a week")),
)
LENGTHS = {
    "hour": timedelta(hours=1),
    "today": timedelta(hours=4),
    "tomorrow": timedelta(days=1),
    "days": timedelta(days=3),
    "week": timedelta(days=7),
}


class NextStep(forms.Form):
    """What happens next and when."""

    step = forms.ChoiceField(label=_("What happens next"), choices=Step.choices)
    words = forms.CharField(label=_("In words"), max_length=300, required=False)
    when = forms.ChoiceField(label=_("When"), choices=QUICK)
    waits = forms.BooleanField(label=_("It is the customer’s turn"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for words where the step is none of the usual ones."""
        cleaned = super().clean() or {}
        if cleaned.get("step") == Step.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say in a few words what happens next."))
        if "when" in cleaned:
            cleaned["at"] = timezone.now() + LENGTHS[cleaned["when"]]
        return cleaned


class Answering(forms.Form):
    """What is said to the customer."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("Your answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    by_mail = forms.BooleanField(required=False, initial=True)


class Offering(forms.Form):
    """To whom a case is offered, and what they should know."""

    taker = forms.ModelChoiceField(label=_("To whom"), queryset=Colleague.objects.none())
    words = forms.CharField(
        label=_("What they should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, takers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField[Colleague], self.fields["taker"]).queryset = takers
