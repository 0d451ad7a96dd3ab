"""What a kiosk sends: one answer, known by the id the device gave it, stored before it is thanked for."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from kalevi.channels.kiosk.faces import asked_of
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.survey.models import SurveyVersion
from kalevi.channels.survey.raw import Circumstances, packed, scope_of
from kalevi.channels.survey.storing import Row, writer
from kalevi.channels.survey.texts import LANGUAGES
from kalevi.interactions.intake import digest

MOST_BYTES = 32 * 1024
LONGEST_WORDS = 5_000


class NotAnAnswerError(ValueError):
    """What came is no answer of a kiosk at all; its argument is the key of the reason."""


class Sent(NamedTuple):
    """One answer as the device keeps it. `at` is ISO 8601, empty where the device does not tell."""

    identity: UUID
    version: int
    language: str
    feeling: str
    words: str
    at: str


def told_in(body: bytes) -> dict[str, object]:
    """Return the object in a JSON body. Raises NotAnAnswerError."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotAnAnswerError("not_json") from error
    if not isinstance(told, dict):
        raise NotAnAnswerError("not_json")
    return told


def sent_in(told: Mapping[str, object]) -> Sent:
    """Return the answer in some fields. Raises NotAnAnswerError."""
    try:
        version = int(str(told.get("version")))
        if not 0 < version < 2**63:
            raise NotAnAnswerError("not_an_answer")
        return Sent(
            UUID(str(told.get("id"))),
            version,
            language if (language := str(told.get("language"))) in LANGUAGES else LANGUAGES[0],
            str(told.get("feeling", ""))[:30],
            str(told.get("words", ""))[:LONGEST_WORDS].strip(),
            str(told.get("at", ""))[:40],
        )
    except ValueError as error:
        raise NotAnAnswerError("not_an_answer") from error


def receive(*, kiosk: Kiosk, sent: Sent, at: datetime) -> bool:
    """Store an answer, on disk when this returns; return False when it had come before.

    One that the survey of the kiosk never asked is kept aside with the reason. Raises the database's error.
    """
    version = SurveyVersion.objects.filter(pk=sent.version, survey=kiosk.survey_id).first()
    asked = asked_of(version.asks()) if version else None
    fields = {asked.feeling.key if asked else "feeling": sent.feeling, "words": ""}
    fields[asked.words.key if asked and asked.words else "words"] = sent.words
    form = urlencode({name: value for name, value in fields.items() if value}, errors="replace").encode()
    reason = "unknown_version" if asked is None else "" if form else "nothing_said"
    how = Circumstances(
        sent.version, sent.language, door="kiosk", answered_at=sent.at, more={"kiosk": kiosk.pk}
    )
    identity, content = digest(b"kiosk", sent.identity.bytes), digest(form)
    row = Row(scope_of(kiosk.survey_id), identity, content, packed(how, form), at, reason)
    return writer.write(row)
