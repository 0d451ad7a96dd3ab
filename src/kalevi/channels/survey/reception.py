"""Taking an answer in: every door of a survey comes here, and nothing acknowledged is not on disk.

    taken = take(key, form, address="192.0.2.7")

`form` is the body a browser sends (application/x-www-form-urlencoded), with the fields of `definition` and
ours: `_form` a token of `tokens.new_token`, `_personal` a personal link, `_door` how it was reached, `_once`
(8 to 64 letters and digits) tells answers under one token apart, `_at` (ISO 8601) when it was answered on a
device that was offline, `_reach` a phone number or an e-mail address of somebody who wants to be contacted,
`_name` a trap that people do not see. The reply to the same form is always the same.
"""

import logging
import re
from dataclasses import dataclass
from enum import Enum
from time import monotonic, time

from django.db import DatabaseError
from django.utils import timezone

from kalevi.channels.survey import limits, personal, reach
from kalevi.channels.survey.answers import (
    MOST_BYTES,
    BadAnswerError,
    Fields,
    answers_in,
    fields_of,
    unanswered,
)
from kalevi.channels.survey.live import Live, live
from kalevi.channels.survey.raw import Circumstances, packed, scope_of
from kalevi.channels.survey.storing import Row, writer
from kalevi.channels.survey.tokens import Token, read_token
from kalevi.interactions.intake import digest

logger = logging.getLogger(__name__)
DOORS = frozenset({"link", "personal", "mail", "poster", "kiosk", "widget", "api"})
# Nobody reads a question and answers it faster; where one tap is the answer, or no page was opened, they may.
LEAST_SECONDS = 1
_AT_ONCE = frozenset({"mail", "kiosk", "widget", "api"})
ROBOT = "suspected_robot"
_TOKEN = re.compile(rb"(?:^|&)_form=([\w.-]{20,120})(?:&|$)")
_SPECIAL = re.compile(rb"(?:^|&)_(?:personal|door|once|at|reach)=[^&]|(?:^|&)_name=[^&]")
_SAYS = re.compile(rb"(?:^|&)[a-z][\w.]*=[^&+]")


class Outcome(Enum):
    """What became of a form. KEPT holds for one that was known already, and for one that was put aside."""

    KEPT = "kept"
    NOT_FOUND = "not_found"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    FULL = "full"
    EMPTY = "empty"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Taken:
    """The outcome, in which language to reply, after how many seconds to come again, what is missing."""

    outcome: Outcome
    language: str = ""
    wait: float = 0.0
    missing: tuple[str, ...] = ()


def take(key: str, form: bytes, *, address: str, door: str = "") -> Taken:
    """Store an answer, or say why not. Only KEPT is acknowledged: then it is on disk."""
    if len(form) > MOST_BYTES:
        return Taken(Outcome.TOO_LARGE)
    survey = live(key)
    if survey is None:
        return Taken(Outcome.NOT_FOUND)
    found = _TOKEN.search(form)
    token = read_token(found[1]) if found else None
    language = token.language if token else survey.public.languages[0]
    if wait := limits.wait_for(address, key, monotonic()):
        return Taken(Outcome.TOO_MANY, language, wait)
    if (
        found
        and token
        and not door
        and not survey.has_required
        and token.version == survey.version_id
        and time() - token.opened >= LEAST_SECONDS
        and not _SPECIAL.search(form)
        and _SAYS.search(form)
    ):
        how = Circumstances(token.version, token.language)
        row = Row(
            scope_of(survey.survey_id), digest(found[1]), digest(form), packed(how, form), timezone.now()
        )
        return _stored(row, token.language)
    return _looked_at(survey, form, token, found[1] if found else b"", language, door)


def _looked_at(
    survey: Live, form: bytes, token: Token | None, seal: bytes, language: str, door: str
) -> Taken:
    """Take a form that needs a closer look."""
    try:
        fields: Fields = fields_of(form)
    except BadAnswerError:
        fields = {}
    version = token.version if token else survey.version_id
    if fields and version == survey.version_id:
        try:
            given = answers_in(fields, survey.asked)
            if not given:
                return Taken(Outcome.EMPTY, language)
            if missing := unanswered(given, survey.asked):
                return Taken(Outcome.INCOMPLETE, language, missing=tuple(missing))
            if (told := reach.written(fields)) and not any(reach.left_in(told)):
                return Taken(Outcome.INCOMPLETE, language, missing=(reach.FIELD,))
        except BadAnswerError:
            # Kept as it came; understanding says why it does not fit, and may be asked again.
            logger.info("an answer does not fit its survey")
    door = door or _field(fields, "_door")
    door = door if door in DOORS else "link"
    who = personal.known(link, survey.survey_id) if (link := _field(fields, "_personal")) else None
    once = _field(fields, "_once")[:64].encode()
    how = Circumstances(
        version=version,
        language=language,
        door="personal" if who and door == "link" else door,
        identities=who.identities if who else (),
        answered_at=_field(fields, "_at")[:40],
        more=who.more if who else {},
    )
    row = Row(
        scope_of(survey.survey_id),
        who.identity if who else digest(seal, once) if once else digest(seal or form),
        digest(seal, form) if who else digest(form),
        packed(how, form),
        timezone.now(),
        ROBOT if _is_robot(fields, token, door) else "",
    )
    return _stored(row, language)


def _is_robot(fields: Fields, token: Token | None, door: str) -> bool:
    if _field(fields, "_name"):
        return True
    if door == "api":
        return False
    return token is None or (door not in _AT_ONCE and time() - token.opened < LEAST_SECONDS)


def _field(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _stored(row: Row, language: str) -> Taken:
    try:
        writer.write(row)
    except DatabaseError as error:
        logger.warning("an answer could not be stored: %s", type(error).__name__)
        return Taken(Outcome.FULL, language, wait=30)
    return Taken(Outcome.KEPT, language)
