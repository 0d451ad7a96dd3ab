"""What colleagues write when they walk up to somebody, and what they tell once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.people.models import Account
from kalevi.text.vocabulary import SUBJECT_THEMES, name

LONGEST = 20_000


class Letter(forms.Form):
    """A mail: it begins as we propose, and goes on in the colleague's own words."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    words = forms.CharField(
        label=_("Your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 9})
    )

    def __init__(self, *args: Any, beginning: str, signature: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ours = (" ".join(beginning.split()), " ".join(signature.split()))

    def clean_words(self) -> str:
        """Refuse the beginning alone: nobody wants to hear what everybody is told."""
        words: str = self.cleaned_data["words"]
        rest = " ".join(words.split())
        for ours in self._ours:
            rest = rest.replace(ours, "")
        if not rest.strip(" .,!-"):
            raise forms.ValidationError(_("This is only a beginning. Go on in your own words."))
        return words


class Said(forms.Form):
    """What was talked about on the phone or face to face; it may be left empty."""

    words = forms.CharField(
        label=_("What you said, in a few words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class TellAbility(forms.Form):
    """What we now have or can do."""

    words = forms.CharField(
        label=_("What do we have now, or what can we do now?"),
        help_text=_("One sentence, as you would say it to a customer."),
        max_length=300,
    )
    seeds = forms.CharField(
        label=_("Words of those who wished for it"),
        help_text=_("Parted by commas. Any of their forms will do."),
        max_length=300,
        required=False,
    )
    theme = forms.ChoiceField(label=_("What it is about"), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = sorted((name(key, language), key) for key in SUBJECT_THEMES)
        self.fields["theme"].choices = [("", _("anything")), *((key, label) for label, key in themes)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for words or a theme: without either everybody would have wished for it."""
        cleaned = super().clean() or {}
        seeds = ", ".join(part.strip() for part in (cleaned.get("seeds") or "").split(",") if part.strip())
        cleaned["seeds"] = seeds
        if not seeds and not cleaned.get("theme"):
            self.add_error("seeds", _("Give a word or two, or choose what it is about."))
        return cleaned


class TellNews(forms.Form):
    """Good news of an organisation."""

    account = forms.ModelChoiceField(
        label=_("Whose good news is it?"), queryset=Account.objects.none(), empty_label=None
    )
    words = forms.CharField(
        label=_("What happened?"), help_text=_("One sentence, as it goes into the greeting."), max_length=300
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = Account.objects.order_by("name", "pk")  # type: ignore[attr-defined]
