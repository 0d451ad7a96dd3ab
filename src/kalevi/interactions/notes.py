"""Something heard or answered, written down afterwards: received as a note, kept as a colleague told it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kalevi.interactions.models import Channel, Intake, Kind
from kalevi.interactions.readers import company_reader
from kalevi.interactions.told import Told, Understood
from kalevi.people.recognition import Person
from kalevi.text import Reader

SOURCE = "note"
SPOKEN = (Channel.PHONE, Channel.COUNTER, Channel.WORD_OF_MOUTH)


def reader() -> Reader:
    """Return the reader of this installation."""
    return company_reader()


def packed_note(
    *,
    words: str,
    colleague_id: int,
    channel: str,
    touchpoint: str,
    occurred_at: datetime,
    identities: Sequence[tuple[str, str]],
    name: str = "",
    feeling: str = "",
) -> bytes:
    """Return a note as it is received: JSON in UTF-8. `feeling` is what the colleague read in it."""
    return json.dumps(
        {
            "words": words,
            "colleague": colleague_id,
            "channel": channel,
            "touchpoint": touchpoint,
            "occurred_at": occurred_at.isoformat(),
            "identities": [list(identity) for identity in identities],
            "name": name,
            "feeling": feeling,
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")


def packed_answer(
    *, words: str, colleague_id: int, channel: str, occurred_at: datetime, answers: int
) -> bytes:
    """Return as it is received that a colleague answered an interaction; `words` may be empty."""
    return json.dumps(
        {
            "words": words,
            "colleague": colleague_id,
            "channel": channel,
            "occurred_at": occurred_at.isoformat(),
            "answers": answers,
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")


def read_by_colleague(raw: bytes) -> tuple[int, str] | None:
    """Return who read which feeling in a note as it was received; None where nobody did."""
    try:
        note = json.loads(raw.decode("utf-8", "surrogatepass"))
        return (int(note["colleague"]), str(note["feeling"])) if note.get("feeling") else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Understand notes; one that is not a note is kept whole with the reason "not_a_note"."""
    return [_understood(bytes(row.raw or b"")) for row in rows]


def _understood(raw: bytes) -> Understood:
    try:
        note = json.loads(raw.decode("utf-8", "surrogatepass"))
        if "answers" in note:
            return Understood((_answer(note),))
        identities = tuple((str(kind), str(value)) for kind, value in note["identities"])
        values = dict(identities)
        told = Told(
            datetime.fromisoformat(note["occurred_at"]),
            note["words"],
            channel=Channel(note["channel"]),
            kind=Kind.ENCOUNTER,
            touchpoint=note["touchpoint"],
            person=Person(identities, note["name"], values.get("email", ""), values.get("phone", ""))
            if identities
            else None,
            told_by_colleague_id=int(note["colleague"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Understood(reason="not_a_note")
    return Understood((told,))


def _answer(note: dict[str, Any]) -> Told:
    channel = Channel(note["channel"])
    return Told(
        datetime.fromisoformat(note["occurred_at"]),
        str(note["words"]) or None,
        channel=channel,
        kind=Kind.ENCOUNTER if channel in SPOKEN else Kind.MESSAGE,
        outbound=True,
        told_by_colleague_id=int(note["colleague"]),
        answers=int(note["answers"]),
    )
