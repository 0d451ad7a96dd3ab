"""What is wrong with a value, in plain words: pydantic's kinds of errors, told in the caller's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic_core import ErrorDetails

from kalevi.channels.api.problems import FieldError

_OTHER = _("This cannot be understood.")
_TEXTS: dict[str, str | Promise] = {
    "missing": _("This is missing, and it is needed."),
    "extra_forbidden": _("There is no such field. Check its name, or leave it out."),
    "string_type": _("This has to be text, in quotation marks."),
    "string_too_short": _("This has to have %(min_length)s characters at least."),
    "string_too_long": _("This may have %(max_length)s characters at most."),
    "string_pattern_mismatch": _("This is not written as it has to be: %(pattern)s"),
    "float_type": _("This has to be a number, without quotation marks."),
    "int_type": _("This has to be a whole number, without quotation marks."),
    "int_parsing": _("This has to be a whole number."),
    "finite_number": _("This has to be a finite number."),
    "bool_type": _("This has to be true or false."),
    "bool_parsing": _("This has to be true or false."),
    "list_type": _("This has to be a list, in square brackets."),
    "model_type": _("This has to be an object, in braces."),
    "model_attributes_type": _("This has to be an object, in braces."),
    "too_long": _("There may be %(max_length)s of these at most."),
    "too_short": _("There have to be %(min_length)s of these at least."),
    "literal_error": _("This has to be one of: %(expected)s."),
    "greater_than_equal": _("This has to be %(ge)s at least."),
    "less_than_equal": _("This may be %(le)s at most."),
    "datetime_type": _("This has to be a time, such as 2026-11-22T09:05:00+02:00."),
    "datetime_parsing": _("This has to be a time, such as 2026-11-22T09:05:00+02:00."),
    "datetime_from_date_parsing": _("This has to be a time, such as 2026-11-22T09:05:00+02:00."),
    "timezone_aware": _("This time needs a zone, such as Z or +02:00."),
    "json_invalid": _("This is not JSON, or holds half a character."),
    "recursion_loop": _("This is nested too deeply."),
    # Our own.
    "nothing_said": _("Nobody says anything here: give words, a score, a feeling or an expectation."),
    "strengths_of_feelings": _("Give one strength for each feeling, null where it was not told."),
    "date_too_old": _("The time is before the year 1800."),
    "date_in_future": _("The time is in the future."),
    "bad_scale": _("The value has to lie between “low” and “high”, and “low” below “high”."),
    "no_promise": _("A promise needs “promised_for”."),
    "promise_where_none": _("“promised_for” belongs to “ordered” and “promised” only."),
    "complete_where_none": _("“complete” belongs to “delivered” only."),
    "no_identity": _("Give “external_id”, “email” or “phone”: nobody is recognised by name alone."),
    "bad_email": _("This is not an e-mail address."),
    "bad_cursor": _("This is not a cursor that we gave. Begin without one."),
    "bad_key": _("An Idempotency-Key has 1 to 255 visible ASCII characters."),
    "unknown_finding": _("There is no such finding. The reference lists them."),
    "unknown_touchpoint": _("There is no touchpoint with this key."),
    "unknown_account": _("There is no organisation with this id."),
    "bad_answer": _("This does not fit the questions of the survey: %(reason)s."),
    "too_many": _("There may be %(most)s items at most."),
    "out_of_range": _("This cannot be an id."),
}


def message(key: str, context: dict[str, Any] | None = None) -> str:
    """Return what to do about an error."""
    try:
        return str(_TEXTS.get(key, _OTHER)) % (context or {})
    except (KeyError, ValueError, TypeError):
        return str(_OTHER)


def field_errors(errors: Iterable[ErrorDetails | dict[str, Any]], before: str = "") -> list[FieldError]:
    """Return pydantic's errors as ours; `before` is the pointer of what was validated."""
    found = []
    for error in errors:
        key, context = str(error["type"]), dict(error.get("ctx") or {})
        key = "list_type" if key == "tuple_type" else key  # JSON has lists only
        if key == "value_error":
            # Our validators raise ValueError with the key of a text.
            key = str(context.get("error", key))
        at = before + "".join(f"/{part}" for part in error["loc"])
        found.append(FieldError(at or "/", key, message(key, context)))
    return found
