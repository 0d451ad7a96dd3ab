"""What we said when we walked up to somebody: received first, and kept as an interaction of ours."""

import json
from collections.abc import Sequence
from datetime import datetime

from kalevi.approaches.models import Way
from kalevi.interactions.models import Channel, Intake, Kind
from kalevi.interactions.told import Told, Understood
from kalevi.people.recognition import Person

SOURCE = "approach"
CHANNELS = {Way.PHONE: Channel.PHONE, Way.MAIL: Channel.EMAIL, Way.PERSON: Channel.COUNTER}


def packed(
    *, words: str, subject: str, colleague_id: int, way: Way, contact_id: int, at: datetime, language: str
) -> bytes:
    """Return it as it is received: JSON in UTF-8; `words` may be empty."""
    return json.dumps(
        {
            "words": words,
            "subject": subject,
            "colleague": colleague_id,
            "way": way.value,
            "contact": contact_id,
            "occurred_at": at.isoformat(),
            "language": language,
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Understand what was said; a row that tells of no approach is kept whole with the reason."""
    return [_understood(bytes(row.raw or b"")) for row in rows]


def _understood(raw: bytes) -> Understood:
    try:
        kept = json.loads(raw.decode("utf-8", "surrogatepass"))
        way = Way(kept["way"])
        told = Told(
            datetime.fromisoformat(kept["occurred_at"]),
            str(kept["words"]) or None,
            channel=CHANNELS[way].value,
            kind=(Kind.MESSAGE if way == Way.MAIL else Kind.ENCOUNTER).value,
            outbound=True,
            person=Person((("contact", str(int(kept["contact"]))),)),
            language=str(kept["language"]),
            told_by_colleague_id=int(kept["colleague"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Understood(reason="not_an_approach")
    return Understood((told,))
