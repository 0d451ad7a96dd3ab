"""Forms about customers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalevi.people.keeping import months_later, periods
from kalevi.people.models import LANGUAGES, Aim, Consent, Side, Stage


class Details(forms.Form):
    """Who somebody is."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("not known")), *LANGUAGES], required=False
    )
    account = forms.CharField(
        label=_("Organisation they act for"),
        max_length=200,
        required=False,
        help_text=_("Leave it empty for a private person."),
    )
    side = forms.ChoiceField(
        label=_("Side"),
        choices=Side.choices,
        widget=forms.RadioSelect,
        help_text=_("The audience are the organisation’s own customers."),
    )


class StageForm(forms.Form):
    """Where the customership stands."""

    stage = forms.ChoiceField(label=_("Stage of the customership"), choices=Stage.choices)


class AimForm(forms.Form):
    """What somebody aims at, in their words."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=Aim.Kind.choices)
    words = forms.CharField(
        label=_("In their own words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4_000
    )
    of_account = forms.BooleanField(label=_("The whole organisation’s"), required=False)


class ConsentForm(forms.Form):
    """What may be done with a person's data, and until when."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Consent.Purpose.choices)
    basis = forms.ChoiceField(label=_("Legal basis"), choices=Consent.Basis.choices)
    ends_on = forms.DateField(
        label=_("Ends on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_ends_on(self) -> object:
        """Refuse an end that has passed."""
        day = self.cleaned_data["ends_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The end date has passed already."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a consent that would last longer than the period of its purpose."""
        purpose, day = self.cleaned_data.get("purpose"), self.cleaned_data.get("ends_on")
        if (
            purpose
            and day
            and self.cleaned_data.get("basis") in (Consent.Basis.CONSENT, Consent.Basis.INTEREST)
        ):
            last = months_later(timezone.localdate(), periods()[purpose])
            if day > last:
                said = gettext("For this purpose %(day)s is the last day; the administrator can change it.")
                self.add_error("ends_on", said % {"day": date_format(last, "DATE_FORMAT")})
        return self.cleaned_data


class MergeForm(forms.Form):
    """The other contact who is the same person."""

    other = forms.IntegerField(
        label=_("Number of the other contact"),
        min_value=1,
        max_value=2**62,
        help_text=_("It stands on their page, after the name."),
    )


class EraseForm(forms.Form):
    """Erasing asks twice."""

    sure = forms.BooleanField(label=_("The person has asked for this, and I know it cannot be undone"))
