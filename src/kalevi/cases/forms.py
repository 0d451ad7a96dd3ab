"""What colleagues write on a case."""

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.cases.clock import in_hours
from kalevi.cases.models import Step
from kalevi.people.models import Colleague
from kalevi.shell.calendar import BusinessCalendar
from kalevi.shell.queries import company
from kalevi.shell.templatetags.kalevi import moment

QUICK = (
    ("hour", _("within an hour")),
    ("today", _("within four hours")),
    ("tomorrow", _("tomorrow")),
    ("days", _("within three days")),
    ("week", _("within a week")),
)
ANYWAY = (
    ("", _("It does not: I will take it out")),
    ("allowed", _("They have allowed it")),
    ("own", _("It is the customer’s own")),
    ("public", _("It is public")),
    ("nobodys", _("It is nobody’s personal data")),
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
    words = forms.CharField(
        label=_("In words"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"id": "step-words"}),
    )
    when = forms.ChoiceField(label=_("When"), choices=QUICK)
    waits = forms.BooleanField(label=_("It is the customer’s turn"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calendar, now = BusinessCalendar.of(company()), timezone.now()
        # What is promised is for when somebody is here; the target stays on the customer's clock.
        self.times = {key: in_hours(now + length, calendar) for key, length in LENGTHS.items()}
        cast(forms.ChoiceField, self.fields["when"]).choices = [
            (key, f"{label}: {moment(self.times[key])}") for key, label in QUICK
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for words where the step is none of the usual ones."""
        cleaned = super().clean() or {}
        if cleaned.get("step") == Step.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say in a few words what happens next."))
        if "when" in cleaned:
            cleaned["at"] = self.times[cleaned["when"]]
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
    anyway = forms.ChoiceField(label=_("Why it may go all the same"), choices=ANYWAY, required=False)


class SayingNo(forms.Form):
    """A no to be told: why, what we can do instead, and who looks at it first."""

    reason = forms.CharField(
        label=_("Why we cannot"),
        help_text=_("As you would say it to their face. It goes to the customer word by word."),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    instead = forms.CharField(
        label=_("What we can do instead"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asked = forms.ModelChoiceField(
        label=_("Who looks at it with you"), queryset=Colleague.objects.none(), empty_label=_("choose")
    )
    alone = forms.BooleanField(label=_("Nobody else is here. I have looked at it twice and stand behind it."))
    anyway = forms.ChoiceField(label=_("Why it may go all the same"), choices=ANYWAY, required=False)
    no_by_mail = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One of the two: a colleague's eyes, or one's own word where there is no colleague.
        if others:
            cast(forms.ModelChoiceField[Colleague], self.fields["asked"]).queryset = others
            del self.fields["alone"]
        else:
            del self.fields["asked"]


class Offering(forms.Form):
    """To whom a case is offered, and what they should know."""

    taker = forms.ModelChoiceField(
        label=_("To whom"), queryset=Colleague.objects.none(), empty_label=_("choose")
    )
    words = forms.CharField(
        label=_("What they should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "id": "offering-words"}),
    )

    def __init__(self, *args: Any, takers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField[Colleague], self.fields["taker"]).queryset = takers
