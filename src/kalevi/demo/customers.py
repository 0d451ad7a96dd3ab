"""The customers of the demo company, and what of their relationship follows from what happened."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kalevi.demo.happenings import Happening
from kalevi.people.models import Consent, Side, Stage

_GETTING_TO_KNOW = frozenset(
    {"search", "word_of_mouth", "plot_visit", "permit_help", "phone", "social_media"}
)


@dataclass(slots=True)
class Customer:
    """One person. `line` is how they deal with us: household, cottage, trade, audience, prospect or stranger.

    `said` holds (when, stage as the words tell it, aims or None) of every comment. Nothing is bought before
    `begins_at`, nor between `ends_at` and `returns_at`.
    """

    number: str
    name: str
    language: str
    email: str
    phone: str
    line: str
    since: datetime
    account: str = ""
    side: str = Side.CUSTOMER
    known_before: bool = False
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    returns_at: datetime | None = None
    in_peace_since: datetime | None = None
    buys: bool = True
    said: list[tuple[datetime, str, str | None]] = field(default_factory=list)
    happened: list[Happening] = field(default_factory=list)


def stage_changes(customer: Customer) -> list[tuple[str, datetime]]:
    """Return every stage the customership has been in and since when, in order."""
    if customer.side == Side.AUDIENCE:
        return [(Stage.STRANGER, customer.since)]
    changes: list[tuple[str, datetime]] = []
    if customer.known_before:
        changes.append((Stage.CUSTOMER, customer.since))
    told = {at: stage for at, stage, _aims in customer.said}
    for happening in sorted(customer.happened, key=lambda happening: (happening.at, happening.identity)):
        now = changes[-1][0] if changes else ""
        stage = told.get(happening.at) or _implied(happening.touchpoint, now)
        if stage == Stage.CUSTOMER and now in (Stage.ENDED, Stage.RETURNED):
            stage = Stage.RETURNED
        if stage in (Stage.STRANGER, Stage.PROSPECT) and now not in ("", Stage.STRANGER, Stage.PROSPECT):
            stage = now
        if stage != now:
            changes.append((stage, happening.at))
    return changes or [(Stage.STRANGER, customer.since)]


def _implied(touchpoint: str, now: str) -> str:
    if touchpoint == "ending":
        return Stage.ENDED
    if touchpoint in _GETTING_TO_KNOW:
        return now or Stage.PROSPECT
    if touchpoint in ("after_end", "winter_watch"):
        return now or Stage.CUSTOMER
    return Stage.RETURNED if now in (Stage.ENDED, Stage.RETURNED) else Stage.CUSTOMER


@dataclass(frozen=True, slots=True)
class Agreed:
    """One purpose for which a customer's data may be used."""

    purpose: str
    basis: str
    given_at: datetime
    ends_on: date
    withdrawn_at: datetime | None
    source: str


def agreements(customer: Customer, stage: str, luck: float, now: datetime) -> list[Agreed]:
    """Return what may be done with a customer's data and until when; `luck` (0–1) tells the willing apart."""
    begin = customer.since
    last = max((happening.at for happening in customer.happened), default=begin)
    agreed = []
    if stage in (Stage.CUSTOMER, Stage.ENDED, Stage.RETURNED):
        # Receipts are kept for six years after the year of the last purchase.
        ends = date(last.year + 6, 12, 31)
        agreed.append(Agreed(Consent.Purpose.SERVICE, Consent.Basis.CONTRACT, begin, ends, None, "tilaus"))
    else:
        ends = last.date() + timedelta(days=365)
        agreed.append(Agreed(Consent.Purpose.SERVICE, Consent.Basis.INTEREST, begin, ends, None, "pyyntö"))
    if customer.in_peace_since is None:
        ends = last.date() + timedelta(days=730)
        agreed.append(Agreed(Consent.Purpose.FEEDBACK, Consent.Basis.INTEREST, begin, ends, None, "tilaus"))
    if luck < 0.4 or customer.in_peace_since is not None:
        given = max(begin, last - timedelta(days=400))
        ends = given.date() + timedelta(days=1095)
        withdrawn = customer.in_peace_since or (now if luck < 0.03 else None)
        if withdrawn is not None:
            withdrawn = max(given, withdrawn - timedelta(hours=2))
        agreed.append(
            Agreed(Consent.Purpose.MARKETING, Consent.Basis.CONSENT, given, ends, withdrawn, "web_form")
        )
    if customer.said and luck > 0.93:
        given = customer.said[-1][0]
        ends = given.date() + timedelta(days=1095)
        agreed.append(Agreed(Consent.Purpose.STORY, Consent.Basis.CONSENT, given, ends, None, "phone"))
    return agreed
