"""Forms about colleagues."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.people.models import LANGUAGES, Colleague


class OwnDetails(forms.ModelForm[Colleague]):
    """A colleague's own name and language."""

    language = forms.ChoiceField(
        label=_("Language of pages and messages"), choices=LANGUAGES, widget=forms.RadioSelect
    )

    class Meta:
        model = Colleague
        fields = ("name", "language")
        labels = {"name": _("Your name")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
