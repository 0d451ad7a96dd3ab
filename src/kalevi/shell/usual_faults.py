"""What Django and allauth say of bad input, named here so that our catalogs say it in our own words.

For the same text the catalog of a room outranks Django's own, and that of an app further down the list.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

USUAL_FAULTS = (
    _("This field is required."),
    _("Enter a valid email address."),
    _("Enter a valid date."),
    _("Enter a valid date/time."),
    _("Enter a whole number."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Null characters are not allowed."),
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("Please type your current password."),
    _("This account is currently inactive."),
)
