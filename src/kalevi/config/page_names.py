"""What pages are called that stand in no menu; a part of `wiring`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise] = {
    "approach": _("Walk up first"),
    "case": _("Case"),
    "case_file": _("A file of a case"),
    "customer_times": _("Answer times of a customer"),
    "own_times": _("Answer times of customers"),
    "case_of": _("Case"),
    "customer": _("A customer"),
    "customer_export": _("Everything about a customer"),
    "import": _("Import"),
    "import_rejects": _("Rows of an import that need a look"),
    "interaction_mail": _("The whole mail"),
    "interaction_mail_answer": _("Answer by e-mail"),
    "interaction_own": _("Why this reading?"),
    "interaction_reading": _("Why this reading?"),
    "interactions_kept_note": _("Note what you heard"),
    "interactions_newer": _("Interactions"),
    "invitation_decisions": _("Invitations"),
    "invite": _("Ask how it was"),
    "mail_attachment": _("An attachment"),
    "mail_download": _("A mail as it came"),
    "mail_row": _("A mail as it came"),
    "mail_sent": _("What was sent"),
    "promise": _("A promise"),
    "promise_new_time": _("Tell them a new time"),
    "survey": _("Answers to a survey"),
    "survey_aside": _("Answers that wait for a look"),
    "survey_export": _("Answers to a survey, as a file"),
    "survey_export_parquet": _("Answers to a survey, as a file"),
    "today_live": _("Today"),
    "today_waiting": _("Who waits"),
    "write_promise_down": _("Write down a promise"),
}
