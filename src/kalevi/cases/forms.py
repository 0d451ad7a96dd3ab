"""What colleagues write on a case."""

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.cases.actions.steps import ASK_AFTER, LONGEST_STEP, Next
from kalevi.cases.clock import in_hours
from kalevi.cases.models import Case, Step
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
AGREED, SHORTEST = "agreed", timedelta(minutes=1)
AGAIN = _("when we are open again")
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
    "days": ASK_AFTER,
    "week": timedelta(days=7),
}


def times_from(now: datetime) -> dict[str, datetime]:
    """Return the times to choose from, by their keys.

    What is promised is for when somebody is here; the target stays on the customer's clock.
    """
    calendar = BusinessCalendar.of(company())
    return {key: in_hours(now + length, calendar) for key, length in LENGTHS.items()}


class NextStep(forms.Form):
    """What happens next and when."""

    step = forms.ChoiceField(label=_("What happens next"), choices=Step.choices)
    words = forms.CharField(
        label=_("In words"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"id": "step-words"}),
    )
    # Not a list to unfold: a day with its time is longer than a phone's list shows.
    when = forms.ChoiceField(label=_("When"), choices=QUICK, widget=forms.RadioSelect)
    at = forms.DateTimeField(
        label=_("The time that was agreed"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    waits = forms.BooleanField(label=_("It is the customer’s turn"), required=False)

    def __init__(self, *args: Any, times: dict[str, datetime] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made_at = timezone.now()
        self.times = times or times_from(self.made_at)
        when = cast(forms.ChoiceField, self.fields["when"])
        # Where nobody is here meanwhile, several times are one: it is shown once, with what it is.
        shown = [(key, self._called(key)) for key in self._apart()]
        agreed = (AGREED, _("at another time, as was agreed"))
        when.choices = [*QUICK, agreed]
        when.widget.choices = [*shown, agreed]
        chosen = str(self.initial.get("when", ""))
        if chosen not in {*dict(shown), AGREED}:
            same = (key for key, _label in shown if self.times[key] == self.times.get(chosen))
            self.initial["when"] = next(same, shown[0][0])

    def _apart(self) -> list[str]:
        """Return the keys of different times, the longest of those that are one."""
        return list({at: key for key, at in self.times.items()}.values())

    def _called(self, key: str) -> str:
        at = self.times[key]
        closed = at == self.times["hour"] > self.made_at + LENGTHS["hour"] + timedelta(minutes=1)
        return f"{AGAIN if closed else dict(QUICK)[key]}: {moment(at)}"

    def clean(self) -> dict[str, Any]:
        """Ask for words where the step is none of the usual ones."""
        cleaned = super().clean() or {}
        if cleaned.get("step") == Step.OTHER and not cleaned.get("words"):
            self.add_error("words", _("Say in a few words what happens next."))
        if cleaned.get("when") == AGREED:
            self._check_agreed(cleaned.get("at"))
        elif "when" in cleaned:
            cleaned["at"] = self.times[cleaned["when"]]
        return cleaned

    def _check_agreed(self, at: datetime | None) -> None:
        if at is None or not self.made_at + SHORTEST <= at <= self.made_at + LONGEST_STEP:
            self.add_error("at", _("Give a day and a time ahead, at most three months from now."))


class Afterwards(NextStep):
    """What happens once the customer has this answer: we ask after them, or what was agreed stays."""

    def __init__(self, data: Any = None, *, case: Case, times: dict[str, datetime] | None = None) -> None:
        stays = case.step != Step.ANSWER
        step = "" if stays else Step.ASK_AFTER.value
        super().__init__(data, prefix="then", times=times, initial={"step": step, "when": "days"})
        # Whose turn it is follows from the step.
        del self.fields["waits"]
        self.fields["words"].widget.attrs["id"] = "then-words"
        self.now_next = f"{case.step_words or case.get_step_display()}, {moment(case.step_at)}"
        if stays:
            chosen = cast(forms.ChoiceField, self.fields["step"])
            chosen.required = False
            chosen.choices = [("", _("as agreed")), *Step.choices]

    def in_short(self) -> str:
        """Return what is chosen so far, in a line."""
        step = self["step"].value()
        if not step:
            return self.now_next
        at = self.times.get(self["when"].value())
        what = str(self["words"].value() or dict(Step.choices).get(step, ""))
        return f"{what}, {moment(at)}" if at else what

    def told(self) -> Next | None:
        """Return what happens next; None where it stays as it is."""
        cleaned = self.cleaned_data
        if not cleaned["step"]:
            return None
        step = Step(cleaned["step"])
        return Next(step, cleaned["at"], cleaned["words"], waits=step == Step.ASK_AFTER)


class Answering(forms.Form):
    """What is said to the customer."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    # The newest word that stood on the page: nobody answers past what was said while they wrote.
    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
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
