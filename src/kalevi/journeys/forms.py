"""Forms of the room `journeys`."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalevi.journeys.models import JourneyStage, Touchpoint


class NamedForm(forms.Form):
    """A name in three languages; one is enough, and stands for the others until they are given."""

    name_fi = forms.CharField(label=_("Name in Finnish"), max_length=100, required=False)
    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=100, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)

    def clean(self) -> dict[str, Any]:
        """At least one name."""
        if not any(self.cleaned_data.get(f"name_{language}") for language in ("fi", "sv", "en")):
            self.add_error("name_fi", gettext("Give a name in at least one language."))
        return self.cleaned_data

    def names(self) -> dict[str, str]:
        """Return the names by fi, sv and en."""
        return {language: self.cleaned_data[f"name_{language}"] for language in ("fi", "sv", "en")}


class StageForm(NamedForm):
    """A stage of the journey."""

    within_reach = forms.BooleanField(
        label=_("Within our reach: we can do something about it ourselves"), required=False
    )


class TouchpointForm(NamedForm):
    """A touchpoint of a stage."""

    stage = forms.ModelChoiceField(
        label=_("Stage of the journey"), queryset=JourneyStage.objects.all(), empty_label=None
    )
    within_reach = forms.BooleanField(
        label=_("Within our reach: we can do something about it ourselves"), required=False
    )
    active = forms.BooleanField(label=_("In use"), required=False)


def told(thing: JourneyStage | Touchpoint | None) -> dict[str, Any]:
    """Return what a form about it begins with."""
    if thing is None:
        return {"within_reach": True, "active": True}
    names = ("name_fi", "name_sv", "name_en", "within_reach")
    begun = {name: getattr(thing, name) for name in names}
    if isinstance(thing, Touchpoint):
        begun |= {"stage": thing.stage_id, "active": thing.active}
    return begun
