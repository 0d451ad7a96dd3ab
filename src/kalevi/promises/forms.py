"""What colleagues write about promises."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kalevi.channels.survey.kinds import Kind
from kalevi.channels.survey.models import Survey
from kalevi.interactions.findings import KINDS
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Contact
from kalevi.promises.brand_models import BrandPromise, Measure
from kalevi.promises.times import LONGEST, QUICK, quick
from kalevi.shell.queries import company
from kalevi.shell.templatetags.kalevi import reader_language
from kalevi.text import vocabulary

HERE = Contact.objects.filter(erasure__isnull=True, merged_into__isnull=True)
GOING_ON = BrandPromise.objects.filter(ended_at__isnull=True).order_by("pk")
_LOCAL = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
SCALES = (Kind.NPS, Kind.CSAT, Kind.CES)


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=label, help_text=help_text, required=False, widget=widget, input_formats=_LOCAL
    )


class When(forms.Form):
    """By when: a quick choice, or a moment of one's own, which goes before it."""

    when = forms.ChoiceField(label=_("By when"), choices=QUICK, required=False)
    at = _moment(_("Or exactly"), _("A time of your own goes before the choice above."))

    def clean(self) -> dict[str, Any]:
        """Make `due_at` and `by_day` of what was chosen; a time that is past or years away is no promise."""
        cleaned = super().clean() or {}
        now = timezone.now()
        due_at: datetime | None = cleaned.get("at")
        by_day = False
        if due_at is None and cleaned.get("when") and "at" not in self.errors:
            due_at, by_day = quick(cleaned["when"], now, ZoneInfo(company().time_zone))
        if due_at is None and "at" not in self.errors:
            self.add_error("when", gettext("Say by when: a promise has a time."))
        elif due_at is not None and not now < due_at <= now + LONGEST:
            self.add_error("at", gettext("Choose a time ahead, at most two years away."))
        cleaned |= {"due_at": due_at, "by_day": by_day}
        return cleaned


class Giving(When):
    """A promise written down by hand."""

    contact = forms.ModelChoiceField(queryset=HERE, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What did you promise?"),
        help_text=_("As you said it to them: they may read it on their own page."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Touchpoint"),
        queryset=Touchpoint.objects.none(),
        required=False,
        empty_label=_("not sure"),
    )
    brand = forms.ModelChoiceField(
        label=_("Part of what we promise everybody"),
        queryset=GOING_ON,
        required=False,
        empty_label=_("none of them"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = cast(forms.ModelChoiceField[Touchpoint], self.fields["touchpoint"])
        places.queryset = Touchpoint.objects.filter(active=True)


class Writing(When):
    """The letter that tells a new time."""

    token = forms.CharField(max_length=64, widget=forms.HiddenInput)
    words = forms.CharField(
        label=_("What you tell them"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    by_mail = forms.BooleanField(required=False)

    def told_otherwise(self) -> None:
        """Ask for a note instead of a letter: no letter can go."""
        self.fields["words"].widget.attrs["rows"] = 4

    def clean(self) -> dict[str, Any]:
        """A letter has words."""
        cleaned = super().clean()
        if cleaned.get("by_mail") and not (cleaned.get("words") or "").strip():
            self.add_error("words", gettext("Write them a few words."))
        return cleaned


class KeptAt(forms.Form):
    """When a promise was kept, where it is tapped later."""

    at = _moment(_("When was it kept?"), _("If you leave it empty, it was just now."))


class Brand(forms.Form):
    """A promise to everybody."""

    words_fi = forms.CharField(label=_("In Finnish"), max_length=200, required=False)
    words_sv = forms.CharField(label=_("In Swedish"), max_length=200, required=False)
    words_en = forms.CharField(label=_("In English"), max_length=200, required=False)
    touchpoints = forms.ModelMultipleChoiceField(
        label=_("Where it is kept"),
        queryset=Touchpoint.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measure = forms.ChoiceField(
        label=_("What shows whether we keep it"), choices=Measure.choices, widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(
        label=_("Answered within how many minutes"), min_value=1, max_value=527_040, required=False
    )
    question = forms.ChoiceField(label=_("Which question"), required=False)
    theme = forms.ChoiceField(label=_("Which theme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = cast(forms.ModelMultipleChoiceField[Touchpoint], self.fields["touchpoints"])
        places.queryset = Touchpoint.objects.filter(active=True)
        cast(forms.ChoiceField, self.fields["question"]).choices = [("", "–"), *questions()]
        themes = [(key, vocabulary.name(key, reader_language())) for key in KINDS["theme"][1]]
        cast(forms.ChoiceField, self.fields["theme"]).choices = [("", "–"), *themes]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen measure needs."""
        cleaned = super().clean() or {}
        measure = cleaned.get("measure")
        if not any(cleaned.get(f"words_{language}") for language in ("fi", "sv", "en")):
            self.add_error(f"words_{reader_language()}", gettext("Say it in at least one language."))
        needs = {Measure.ANSWERED: "minutes", Measure.QUESTION: "question", Measure.THEME: "theme"}
        for one, field in needs.items():
            if measure == one and not cleaned.get(field):
                self.add_error(field, gettext("This measure needs it."))
        if measure in (Measure.ANSWERED, Measure.SCORE, Measure.THEME) and not cleaned.get("touchpoints"):
            self.add_error("touchpoints", gettext("Choose where it is kept: the measure counts there."))
        survey_id, _colon, key = (cleaned.get("question") or "").partition(":")
        cleaned["survey"] = Survey.objects.filter(pk=int(survey_id)).first() if survey_id else None
        cleaned["question"] = key
        return cleaned

    def words(self) -> dict[str, str]:
        """Return the words by fi, sv and en."""
        return {language: self.cleaned_data[f"words_{language}"] for language in ("fi", "sv", "en")}


def questions() -> list[tuple[str, str]]:
    """Return the questions with a usual scale of surveys that are or were asked: (survey:key, name)."""
    found = []
    for survey in Survey.objects.filter(current__isnull=False).select_related("current").order_by("name"):
        if survey.current is None:
            continue
        for question in survey.current.asks().questions:
            if question.kind in SCALES:
                asked = question.asked(reader_language())
                found.append((f"{survey.pk}:{question.key}", f"{survey.name}: {asked}"))
    return found


def begun(brand: BrandPromise | None) -> dict[str, Any]:
    """Return what a form about a promise to everybody begins with."""
    if brand is None:
        return {"measure": Measure.KEPT}
    names = ("words_fi", "words_sv", "words_en", "measure", "minutes", "theme")
    told: dict[str, Any] = {name: getattr(brand, name) for name in names}
    told["touchpoints"] = list(brand.touchpoints.values_list("pk", flat=True))
    told["question"] = f"{brand.survey_id}:{brand.question}" if brand.survey_id else ""
    return told
