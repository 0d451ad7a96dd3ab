"""The note for afterwards, and the one that says they were answered."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kalevi.interactions.ids import EARLIEST
from kalevi.interactions.models import Channel
from kalevi.journeys.models import Touchpoint

HEARD = (Channel.COUNTER, Channel.PHONE, Channel.SOCIAL_MEDIA, Channel.POST, Channel.OTHER)
BACK = {"today": "today", "waiting": "today_waiting"}


class Note(forms.Form):
    """What a customer said, in the colleague's retelling."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("What did they say?"),
        help_text=_("As close to their own words as you remember. It is kept as told by you."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
    )
    channel = forms.ChoiceField(
        label=_("Where?"),
        choices=[(channel.value, channel.label) for channel in HEARD],
        initial=Channel.COUNTER,
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
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )
    name = forms.CharField(label=_("Who, if they told you"), max_length=200, required=False)
    email = forms.EmailField(label=_("Their e-mail address, if you know it"), required=False)
    phone = forms.CharField(label=_("Their phone number, if you know it"), max_length=40, required=False)

    def __init__(self, *args: object, known: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["touchpoint"].queryset = Touchpoint.objects.filter(active=True)  # type: ignore[attr-defined]
        if known:
            for name in ("name", "email", "phone"):
                del self.fields[name]

    def clean_occurred_at(self) -> object:
        """Refuse a time that has not come yet or that no id can hold."""
        moment = self.cleaned_data["occurred_at"]
        if moment > timezone.now() or moment < EARLIEST:
            raise forms.ValidationError(_("It has happened already: choose a time that has passed."))
        return moment


class Answer(forms.Form):
    """That somebody was answered; the words tell what was said or done."""

    token = forms.CharField(max_length=64)
    words = forms.CharField(max_length=20_000, required=False)
    back = forms.ChoiceField(choices=[(name, name) for name in BACK], required=False)
