"""Forms about colleagues."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kalevi.people.models import LANGUAGES, NOBODY_YET, Colleague
from kalevi.people.reasons import Why
from kalevi.shell.roles import Role


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


def _roles(initial: Sequence[Role] = ()) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        help_text=_("One or several: the pages of each role are open."),
        choices=Role.choices,
        initial=initial,
        widget=forms.CheckboxSelectMultiple,
    )


class Invite(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    roles = _roles(initial=[Role.FRONTLINE])


class Access(forms.Form):
    """A colleague's roles, and whether they may sign in."""

    roles = _roles()
    is_active = forms.BooleanField(label=_("May sign in"), required=False)


class Looking(forms.Form):
    """Why an administrator looks at customers' words."""

    why = forms.ChoiceField(label=_("The reason"), choices=Why.choices, widget=forms.RadioSelect)


class Join(forms.Form):
    """Name, language and password of somebody who was invited."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Language of pages and messages"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. Three or four ordinary words in a row make a good one."),
        strip=False,
        max_length=1000,
        # Kept when another field has an error: nothing typed is lost.
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, colleague: Colleague, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleague = colleague
        if colleague.email == NOBODY_YET:
            self.fields["email"] = forms.EmailField(
                label=_("E-mail address"),
                max_length=254,
                widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            )

    def clean_email(self) -> str:
        """Return an address nobody else signs in with."""
        email: str = self.cleaned_data["email"].lower()
        if Colleague.objects.filter(email=email).exists():
            raise forms.ValidationError(_("A colleague signs in with this address already."))
        return email

    def clean_password(self) -> str:
        """Return a password that is long and not a common one, nor like the name."""
        password: str = self.cleaned_data["password"]
        self.colleague.name = self.cleaned_data.get("name", "")
        validate_password(password, self.colleague)
        return password
