"""Forms of the channel: the file to upload, and what its columns hold."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kalevi.channels.file.mapping import MANY, ROLES, Mapping
from kalevi.channels.file.scores import scale_of
from kalevi.interactions.models import Channel
from kalevi.journeys.models import Touchpoint

MOST_COLUMNS = 200
SCALES = {"1-5": ("stars", 1.0, 5.0), "0-10": ("nps", 0.0, 10.0), "0-100": ("score", 0.0, 100.0)}


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("File of customers' words"),
        help_text=_(
            "CSV, XLSX or JSONL, at most 1 GB. You see how it is understood before anything is saved."
        ),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("The file is empty. Export it again and check that the rows came along."),
        },
    )


class ChoiceForm(forms.Form):
    """One role a column, and what holds for every row."""

    channel = forms.ChoiceField(label=_("How these words reached us"), choices=Channel.choices)
    touchpoint = forms.ChoiceField(label=_("What they are about"), required=False)
    own_words = forms.TypedChoiceField(
        label=_("Whose words these are"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("the customers' own words")), ("no", _("written down by colleagues"))],
        widget=forms.RadioSelect,
    )
    month_first = forms.TypedChoiceField(
        label=_("Dates such as 2/3/2026"),
        coerce=lambda value: value == "yes",
        choices=[("no", _("2 March: the day comes first")), ("yes", _("3 February: the month comes first"))],
        widget=forms.RadioSelect,
    )
    scale = forms.ChoiceField(
        label=_("Scale of the score"),
        required=False,
        choices=[("", _("as the numbers tell")), ("1-5", "1–5"), ("0-10", "0–10"), ("0-100", "0–100")],
    )

    def __init__(
        self, data: Any, *, mapping: Mapping, header: Sequence[str], sample: Sequence[Sequence[str]]
    ) -> None:
        self.mapping, self.header, self.sample = mapping, header, sample
        scale = next((key for key, value in SCALES.items() if value == mapping.scale), "")
        super().__init__(
            data,
            initial={
                "channel": mapping.channel,
                "touchpoint": mapping.touchpoint,
                "own_words": "yes" if mapping.own_words else "no",
                "month_first": "yes" if mapping.month_first else "no",
                "scale": scale,
            },
        )
        touchpoints = [(one.key, one.name) for one in Touchpoint.objects.select_related("stage")]
        field = self.fields["touchpoint"]
        field.choices = [("", _("not said")), *touchpoints]  # type: ignore[attr-defined]
        for number, name in enumerate(header[:MOST_COLUMNS]):
            examples = [row[number] for row in sample if row[number].strip()][:2]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=name or str(number + 1),
                choices=list(ROLES.items()),
                initial=mapping.roles[number],
                help_text=" · ".join(cell[:60] for cell in examples),
            )

    def columns(self) -> list[forms.BoundField]:
        """Return the fields of the columns."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    def clean(self) -> dict[str, Any]:
        """Refuse a choice in which nobody says anything, or one column's role is played by two."""
        cleaned = super().clean() or {}
        roles = self._roles(cleaned)
        for role in set(roles) - MANY:
            if roles.count(role) > 1:
                text = _("Only one column can hold this: %(role)s.")
                raise forms.ValidationError(text, params={"role": ROLES[role]})
        if not replace(self.mapping, roles=tuple(roles)).says_something():
            raise forms.ValidationError(
                _("Choose the column that holds the customers' words or their score.")
            )
        return cleaned

    def _roles(self, cleaned: dict[str, Any]) -> list[str]:
        return [cleaned.get(f"column_{number}", role) for number, role in enumerate(self.mapping.roles)]

    def chosen(self) -> Mapping:
        """Return the mapping as it was chosen."""
        cleaned = self.cleaned_data
        roles = self._roles(cleaned)
        scale = SCALES.get(cleaned["scale"], self.mapping.scale)
        if "rating" in roles and scale is None:
            number = roles.index("rating")
            scale = scale_of(self.header[number], [row[number] for row in self.sample])
        return replace(
            self.mapping,
            roles=tuple(roles),
            channel=cleaned["channel"],
            touchpoint=cleaned["touchpoint"],
            own_words=cleaned["own_words"],
            month_first=cleaned["month_first"],
            scale=scale or ("score", 0.0, 10.0) if "rating" in roles else self.mapping.scale,
        )
