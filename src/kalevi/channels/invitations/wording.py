"""Why somebody was not asked, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "": _("asked"),
    "gone": _("we no longer hold anything about this person"),
    "in_peace": _("wishes to be left in peace"),
    "no_consent": _("has not agreed to be asked for feedback"),
    "survey_closed": _("the survey is not open"),
    "answered_already": _("has answered already"),
    "no_address": _("we know no e-mail address"),
    "no_server": _("no mail can be sent from here"),
    "not_in_sample": _("left out by lot"),
    "invited_lately": _("was asked a short while ago"),
    "answered_lately": _("answered a short while ago"),
    "account_invited_lately": _("others of the organisation were asked a short while ago"),
    "account_answered_lately": _("others of the organisation answered a short while ago"),
}
