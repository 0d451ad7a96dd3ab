"""The note for afterwards, and the one that says they were answered."""

from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.findings import KINDS
from kalevi.interactions.ids import EARLIEST
from kalevi.interactions.models import Channel
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Contact

HEARD = (
    Channel.PHONE,
    Channel.COUNTER,
    Channel.WORD_OF_MOUTH,
    Channel.SOCIAL_MEDIA,
    Channel.POST,
    Channel.OTHER,
)
FEELINGS = KINDS["feeling"][1]
BACK = {"today": "today", "waiting": "today_waiting"}
HERE = Contact.objects.filter(erasure__isnull=True, merged_into__isnull=True)


class Note(forms.Form):
    """What a customer said, in the colleague's retelling: the words are enough, the rest has an answer."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("What did they say?"),
        help_text=_("As close to their own words as you remember. It is kept as told by you."),
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True, "autocomplete": "off"}),
        max_length=20_000,
    )
    channel = forms.ChoiceField(
        label=_("Where?"),
        choices=[(channel.value, channel.label) for channel in HEARD],
        initial=Channel.PHONE,
        widget=forms.RadioSelect,
    )
    feeling = forms.ChoiceField(
        label=_("What do you think they felt?"),
        choices=[("", _("nothing in particular")), *((key, key) for key in FEELINGS)],
        required=False,
        widget=forms.RadioSelect,
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Touchpoint"),
        queryset=Touchpoint.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=_("not sure"),
    )
    occurred_at = forms.DateTimeField(
        label=_("When?"),
        help_text=_("If you leave it empty, it was just now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    contact = forms.ModelChoiceField(label=_("Who?"), queryset=HERE, required=False, widget=forms.HiddenInput)
    seek = forms.CharField(
        label=_("Find a customer"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Who, if they told you"), max_length=200, required=False)
    email = forms.EmailField(label=_("Their e-mail address, if you know it"), required=False)
    phone = forms.CharField(label=_("Their phone number, if you know it"), max_length=40, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["touchpoint"].queryset = Touchpoint.objects.filter(active=True)  # type: ignore[attr-defined]

    def clean_occurred_at(self) -> datetime:
        """Return when it was said, now when nothing else was told; refuse what no id can hold."""
        moment: datetime = self.cleaned_data["occurred_at"] or timezone.now()
        if moment > timezone.now() or moment < EARLIEST:
            raise forms.ValidationError(_("It has happened already: choose a time that has passed."))
        return moment


class Answer(forms.Form):
    """That somebody was answered; the words tell what was said or done."""

    token = forms.CharField(max_length=64)
    words = forms.CharField(max_length=20_000, required=False)
    back = forms.ChoiceField(choices=[(name, name) for name in BACK], required=False)
