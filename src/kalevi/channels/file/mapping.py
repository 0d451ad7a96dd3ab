"""Which column of a table says what: the choice that is shown in the preview and kept with the import."""

from collections.abc import Mapping as Given
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: dict[str, str | Promise] = {
    "ignore": _("left as it is"),
    "text": _("the customer's words"),
    "title": _("title of the words"),
    "date": _("when it happened"),
    "rating": _("score"),
    "name": _("customer's name"),
    "email": _("customer's e-mail"),
    "phone": _("customer's phone"),
    "person_id": _("customer's id"),
    "account": _("customer's organisation"),
    "id": _("id of the row"),
    "reply": _("our reply"),
    "reply_date": _("when we replied"),
    "touchpoint": _("touchpoint"),
    "language": _("language"),
    "feeling": _("feeling in the customer's words"),
    "expectation": _("what was expected"),
}
MANY = frozenset({"ignore", "text", "feeling", "name"})


@dataclass(frozen=True)
class Mapping:
    """One role a column, and what holds for every row.

    `scale` is (kind, low, high) of the score, `values` its numbers where it is told in words. `scope` tells
    whose ids and rows these are, so that the same row is known again. `own_words` is False where colleagues
    wrote down what customers said. `absent` are dates that the exporting system writes for none. `mended` is
    the column of reasons in a file of rejected rows that comes back; the roles do not count it.
    """

    roles: tuple[str, ...]
    scope: str
    channel: str = "other"
    touchpoint: str = ""
    own_words: bool = True
    month_first: bool = False
    scale: tuple[str, float, float] | None = None
    values: Given[str, float] = field(default_factory=dict)
    person_kind: str = ""
    absent: tuple[str, ...] = ()
    utc: bool = False
    mended: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Given[str, Any]) -> "Mapping":
        """Return a stored mapping."""
        known = {key: value for key, value in stored.items() if key in cls.__dataclass_fields__}
        scale = known.get("scale")
        known |= {
            "roles": tuple(known["roles"]),
            "absent": tuple(known.get("absent", ())),
            "scale": (str(scale[0]), float(scale[1]), float(scale[2])) if scale else None,
        }
        return cls(**known)

    def columns(self, role: str) -> list[int]:
        """Return the columns that play a role, by number from 0."""
        return [number for number, played in enumerate(self.roles) if played == role]

    def column(self, role: str) -> int | None:
        """Return the column of a role that one column at most can play."""
        return next(iter(self.columns(role)), None)

    def says_something(self) -> bool:
        """Whether any column holds what a customer said, scored or felt."""
        return any(role in ("text", "title", "rating", "feeling", "expectation") for role in self.roles)
