"""Writing a snippet."""

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

    def clean_words(self) -> str:
        """Ask for a blank: without one the same words would go to everybody."""
        words: str = self.cleaned_data["words"]
        if not blanks(words):
            raise forms.ValidationError(
                _("Leave at least one blank, such as «name», so that every answer becomes somebody’s own.")
            )
        return words
