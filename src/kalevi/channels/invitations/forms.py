"""Forms of the channel: how seldom we ask, when we ask by ourselves, and whom now."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.channels.invitations.models import Rules
from kalevi.channels.survey.models import Survey
from kalevi.journeys.models import Touchpoint


class RulesForm(forms.ModelForm[Rules]):
    """How seldom we ask."""

    class Meta:
        model = Rules
        fields = [
            "contact_days",
            "answer_days",
            "account_most",
            "account_days",
            "account_answers_most",
            "account_answer_days",
            "reminder_days",
            "link_days",
        ]
        labels = {
            "contact_days": _("A person is asked again at the earliest after how many days"),
            "answer_days": _("Somebody who has answered is left alone for how many days"),
            "account_most": _("How many people of one organisation are asked at most"),
            "account_days": _("… within how many days"),
            "account_answers_most": _("Once so many of its people have answered, nobody there is asked"),
            "account_answer_days": _("… within how many days"),
            "reminder_days": _("One reminder after how many days; 0 reminds nobody"),
            "link_days": _("A personal link works for how many days"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs |= {"inputmode": "numeric"}
            least = 1 if name in ("link_days", "account_most", "account_answers_most") else 0
            field.min_value, field.max_value = least, 730  # type: ignore[attr-defined]
            field.validators += [_Between(least, 730)]


class _Between:
    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, value: int) -> None:
        """Refuse a number outside."""
        if not self.least <= value <= self.most:
            raise forms.ValidationError(
                _("Choose a number from %(least)s to %(most)s.") % {"least": self.least, "most": self.most}
            )


def _open() -> Any:
    return Survey.objects.filter(state=Survey.State.OPEN).order_by("name", "pk")


class OccasionForm(forms.Form):
    """When we ask by ourselves."""

    touchpoint = forms.ModelChoiceField(
        label=_("After an encounter at"), queryset=Touchpoint.objects.none(), empty_label=_("choose")
    )
    survey = forms.ModelChoiceField(
        label=_("What we ask"), queryset=Survey.objects.none(), empty_label=_("choose")
    )
    wait_hours = forms.IntegerField(label=_("After how many hours"), min_value=0, max_value=720, initial=24)
    share = forms.IntegerField(
        label=_("How many of a hundred are asked"),
        help_text=_("The others are left out by lot."),
        min_value=1,
        max_value=100,
        initial=100,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["touchpoint"].queryset = Touchpoint.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["survey"].queryset = _open()  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """What somebody is asked now."""

    survey = forms.ModelChoiceField(label=_("What we ask"), queryset=Survey.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["survey"].queryset = _open()  # type: ignore[attr-defined]
