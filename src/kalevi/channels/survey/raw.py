"""An answer as the intake keeps it: one line of JSON about it, then the form byte for byte."""

import json
from dataclasses import dataclass, field
from typing import Any

SOURCE = "survey"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of an answer beside its form.

    `version` is the id of the version that was asked; `door` how the form was reached: link, personal, mail,
    kiosk, widget or api; `identities` are (kind, value) of the person, where the way it came tells;
    `answered_at` is ISO 8601 where it was answered before it was received (a kiosk without a network);
    `more` is whatever the door wants to remember, such as the id of an invitation.
    """

    version: int
    language: str
    door: str = "link"
    identities: tuple[tuple[str, str], ...] = ()
    answered_at: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def scope_of(survey_id: int) -> str:
    """Return the scope of the intake rows of a survey."""
    return f"survey:{survey_id}"


def packed(how: Circumstances, form: bytes) -> bytes:
    """Return the raw bytes of an intake row."""
    head: dict[str, Any] = {"version": how.version, "language": how.language, "door": how.door}
    if how.identities:
        head["identities"] = [list(identity) for identity in how.identities]
    if how.answered_at:
        head["answered_at"] = how.answered_at
    if how.more:
        head["more"] = how.more
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + form


def unpacked(raw: bytes) -> tuple[Circumstances, bytes]:
    """Return what `packed` was given. Raises ValueError for other bytes."""
    line, found, form = raw.partition(b"\n")
    try:
        head = json.loads(line)
        if not found:
            raise ValueError("no form")
        how = Circumstances(
            version=int(head["version"]),
            language=str(head["language"]),
            door=str(head["door"]),
            identities=tuple((str(kind), str(value)) for kind, value in head.get("identities", ())),
            answered_at=str(head.get("answered_at", "")),
            more=dict(head.get("more", {})),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an answer") from error
    return how, form
