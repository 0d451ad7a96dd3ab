"""One thing that happened, as the demo puts it into the intake log and takes it out again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kalevi.interactions.models import Channel, Intake, Kind
from kalevi.interactions.told import Score, Told, Understood
from kalevi.people.models import Colleague
from kalevi.people.recognition import Person

SOURCE = "demo"
SCALES = {"nps": (0.0, 10.0), "csat": (1.0, 5.0), "ces": (1.0, 7.0)}


@dataclass(frozen=True, slots=True)
class Happening:
    """Plain values. `customer` is a customer's number or "", `teller` a colleague's e-mail address or "".

    `reply` is our answer and when we gave it, `answerer` the address of who did.
    """

    identity: str
    at: datetime
    touchpoint: str
    channel: str
    kind: str
    customer: str = ""
    reference: str = ""
    text: str | None = None
    language: str = ""
    score: tuple[str, float] | None = None
    expectation: tuple[str, str] | None = None
    feeling: str | None = None
    teller: str = ""
    reply: tuple[str, datetime] | None = None
    answerer: str = ""

    def raw(self) -> bytes:
        """Return the bytes of the intake row: JSON, empty values left out."""
        row: dict[str, Any] = {
            "at": self.at.timestamp(),
            "touchpoint": self.touchpoint,
            "channel": self.channel,
            "kind": self.kind,
            "customer": self.customer,
            "reference": self.reference,
            "text": self.text,
            "language": self.language,
            "score": self.score,
            "expectation": self.expectation,
            "feeling": self.feeling,
            "teller": self.teller,
            "reply": self.reply and (self.reply[0], self.reply[1].timestamp()),
            "answerer": self.answerer,
        }
        filled = {key: value for key, value in row.items() if value not in (None, "")}
        return json.dumps(filled, ensure_ascii=False, separators=(",", ":")).encode()


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Return what intake rows of the demo say; one that is damaged is rejected with its reason."""
    tellers: dict[str, int] = dict(Colleague.objects.values_list("email", "pk"))
    found = []
    for row in rows:
        try:
            found.append(Understood(tuple(_told(json.loads(bytes(row.raw or b"")), tellers))))
        except (ValueError, KeyError, TypeError):
            found.append(Understood(reason="damaged"))
    return found


def _told(row: dict[str, Any], tellers: dict[str, int]) -> list[Told]:
    customer = row.get("customer")
    person = Person((("customer", customer),)) if customer else None
    score = row.get("score")
    expectation, outcome = row.get("expectation") or (None, "")
    feeling = row.get("feeling")
    said = Told(
        datetime.fromtimestamp(row["at"], UTC),
        row.get("text"),
        channel=row["channel"],
        kind=row["kind"],
        person=person,
        touchpoint=row["touchpoint"],
        reference=row.get("reference"),
        language=row.get("language", ""),
        score=Score(score[0], float(score[1]), *SCALES[score[0]]) if score else None,
        expectation=expectation,
        outcome=outcome,
        feelings=(feeling,) if feeling else (),
        told_by_colleague_id=tellers[row["teller"]] if row.get("teller") else None,
    )
    if not row.get("reply"):
        return [said]
    words, at = row["reply"]
    channel = Channel.EMAIL if row["channel"] in ("survey", "web_form", "counter") else row["channel"]
    reply = Told(
        datetime.fromtimestamp(at, UTC),
        words,
        channel=channel,
        kind=Kind.MESSAGE,
        outbound=True,
        part=1,
        person=person,
        touchpoint=row["touchpoint"],
        language=row.get("language", ""),
        told_by_colleague_id=tellers[row["answerer"]] if row.get("answerer") else None,
    )
    return [said, reply]
