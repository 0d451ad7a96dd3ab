"""A theme of the company's own: its name and the words that carry it."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.own_theme_models import OwnTheme
from kalevi.text.vocabulary import LANGUAGES, THEMES, name

MOST_SEEDS, LONGEST_SEED, MOST_WORDS = 30, 60, 4
_LABELS = {"fi": _("Name in Finnish"), "sv": _("Name in Swedish"), "en": _("Name in English")}


def seeds_of(written: str) -> list[str]:
    """Return the seeds in what was written, one a line or between commas, each once."""
    seeds: dict[str, str] = {}
    for part in re.split(r"[,;\n\r]+", written):
        seed = " ".join(part.split()).strip("\"'”“’")
        if seed:
            seeds.setdefault(seed.lower(), seed)
    return list(seeds.values())


class ThemeForm(forms.Form):
    """The name in the reader's language is asked first; one in any language is enough."""

    seeds = forms.CharField(
        label=_("Words that tell of it"),
        help_text=_("A few, one on each line. All forms of a word count, and words that begin with it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4_000,
    )

    def __init__(self, *args: Any, theme: OwnTheme | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._theme = theme
        first = (get_language() or "fi")[:2]
        self._languages = sorted(_LABELS, key=lambda language: language != first)
        for language in self._languages:
            called = _("What it is called") if language == first else _LABELS[language]
            self.fields[f"name_{language}"] = forms.CharField(label=called, max_length=60, required=False)

    @property
    def first(self) -> BoundField:
        """The name in the reader's language."""
        return self[f"name_{self._languages[0]}"]

    def others(self) -> Iterator[BoundField]:
        """Yield the names in the other languages."""
        for language in self._languages[1:]:
            yield self[f"name_{language}"]

    @property
    def names(self) -> dict[str, str]:
        """Language -> name."""
        return {
            language: " ".join(str(self.cleaned_data.get(f"name_{language}", "")).split())
            for language in _LABELS
        }

    def clean_seeds(self) -> list[str]:
        """Refuse words so short that they would be found everywhere, and more than anybody reads."""
        seeds = seeds_of(self.cleaned_data["seeds"])
        if not seeds:
            raise forms.ValidationError(gettext("Give at least one word."))
        if len(seeds) > MOST_SEEDS:
            raise forms.ValidationError(gettext("At most %(most)s words, please.") % {"most": MOST_SEEDS})
        for seed in seeds:
            if len(seed) > LONGEST_SEED or len(seed.split()) > MOST_WORDS:
                text = gettext("“%(seed)s” is too long: give a word, or %(most)s at most.")
                raise forms.ValidationError(text % {"seed": seed, "most": MOST_WORDS})
            if sum(letter.isalnum() for letter in seed) < 2:
                raise forms.ValidationError(gettext("“%(seed)s” is too short.") % {"seed": seed})
        return seeds

    def clean(self) -> dict[str, Any]:
        """Ask for a name, and refuse one that another theme has."""
        names = {called.lower() for called in self.names.values() if called}
        place = self.first.name
        if not names and not self.has_error(place):
            self.add_error(place, gettext("Give it a name."))
        taken = {
            called.lower()
            for theme in OwnTheme.objects.exclude(number=self._theme.number if self._theme else 0)
            for called in (theme.name_fi, theme.name_sv, theme.name_en)
            if called
        } | {name(key, language) for key in THEMES for language in LANGUAGES[:3]}
        if names & taken:
            self.add_error(place, gettext("There is a theme of this name already."))
        return self.cleaned_data
