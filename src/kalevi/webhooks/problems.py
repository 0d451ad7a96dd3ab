"""Why something did not arrive, in words, with what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEMS: dict[str, str | Promise] = {
    "bad_address": _("This is not an address of another system."),
    "no_https": _("The address does not begin with https://."),
    "unknown_host": _("Nobody knows this name on the internet. Check the address."),
    "private_address": _(
        "The name leads into a private network. If that is meant, name the host in the setting "
        "KALEVI_WEBHOOK_PRIVATE_HOSTS."
    ),
    "no_connection": _("Nobody answers there."),
    "broken_off": _("The connection was broken off before there was an answer."),
    "too_slow": _("The answer took too long. Answer first, and work after that."),
    "bad_certificate": _(
        "The certificate is not for this name, has ended, or is signed by somebody unknown."
    ),
    "redirect": _("It sends us on to another address. Give us that address itself."),
    "not_taken": _("It did not take it."),
    "gone": _("It says that it is gone for good (410)."),
}
