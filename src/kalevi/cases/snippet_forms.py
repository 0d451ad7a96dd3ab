"""Writing a snippet."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.cases.snippet_models import Snippet
from kalevi.cases.snippets import blanks


class SnippetForm(forms.ModelForm[Snippet]):
    """A beginning of an answer, with at least one blank."""

    class Meta:
        model = Snippet
        fields = ("name", "language", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An answer is always in some language: there is no empty choice to begin with.
        cast(forms.ChoiceField, self.fields["language"]).choices = Snippet.Language.choices

    def clean_words(self) -> str:
        """Ask for a blank: without one the same words would go to everybody."""
        words: str = self.cleaned_data["words"]
        if not blanks(words):
            raise forms.ValidationError(
                _("Leave at least one blank, such as «name», so that every answer becomes somebody’s own.")
            )
        return words
