"""Who the customers are: those who speak, the people of the accounts, their audiences, and the quiet many."""

import re
from datetime import datetime, timedelta
from random import Random

from kalevi.demo.clock import moment
from kalevi.demo.customers import Customer
from kalevi.demo.material import Comment, company
from kalevi.demo.names import Names
from kalevi.people.models import Side, Stage

CONTACTS = 3_000
_AUDIENCE_OF = {
    "hospitality": 16,
    "campsite": 22,
    "municipality": 18,
    "school": 8,
    "care": 8,
    "leisure": 10,
    "culture": 14,
    "association": 5,
    "parish": 4,
    "housing": 6,
}
_LANGUAGES = (("fi", "sv", "en"), (76, 20, 4))
_LINES = (("household", "cottage", "prospect", "stranger"), (64, 24, 8, 4))
_AT_PLOTS = frozenset({"plot_visit", "plot_work", "permit_help", "winter_watch"})
_FOR_YEARS = {"seppo": 21, "eino": 40, "gun-britt": 12, "maija-liisa": 9, "pirkko": 4, "kari": 15, "leena": 6}
_FIRST_TIME = re.compile(r"ensimmäis\w+ kerta|first time|första gången", re.IGNORECASE)
# Channels on which people speak without telling who they are, and how often.
_NAMELESS = {"social_media": 0.6, "review": 0.45, "counter": 0.3}


class Population:
    """Draws the customers, each once; `oldest` is the first moment of the two years shown."""

    def __init__(self, chance: Random, oldest: datetime, now: datetime) -> None:
        self._chance, self._oldest, self._now = chance, oldest, now
        self._names = Names(chance)
        self.customers: dict[str, Customer] = {}
        self._speakers: dict[str, Customer] = {}

    def speaker(self, comment: Comment, at: datetime) -> Customer | None:
        """Return who says a comment; None for somebody who did not tell. Personas stay the same person."""
        if comment.persona:
            return self._persona(comment.persona, at)
        account = company()["account_of_comment"].get(comment.id, "")
        if not (account or comment.aims) and self._chance.random() < _NAMELESS.get(comment.channel, 0):
            return None
        audience = comment.side == Side.AUDIENCE
        key = f"{account} {comment.language}" if account and not audience else comment.id
        if key not in self._speakers:
            line = "audience" if audience else "trade" if comment.b2b else _line(comment)
            made = self._make(comment.language, line, account)
            made.side = Side.AUDIENCE if audience else Side.CUSTOMER
            made.buys = comment.stage in (Stage.CUSTOMER, Stage.RETURNED) and not audience
            if comment.stage == Stage.ENDED:
                made.ends_at = at - timedelta(days=self._chance.randint(1, 120))
            if comment.stage in (Stage.STRANGER, Stage.PROSPECT) or _FIRST_TIME.search(comment.text):
                self._is_new(made, at)
            self._speakers[key] = made
        return self._speakers[key]

    def people_of_accounts(self) -> None:
        """Add the people who act for accounts, and the audiences whom accounts serve."""
        for account in company()["accounts"]:
            for _number in range(self._chance.choice((1, 2, 2, 3, 4))):
                self._make(self._language(), "trade", account["name"])
            for _number in range(_AUDIENCE_OF.get(account["line"], 0)):
                made = self._make(self._language(), "audience", account["name"], own_address=True)
                made.side = Side.AUDIENCE

    def the_quiet_many(self) -> None:
        """Fill up with customers who never wrote a word."""
        while len(self.customers) < CONTACTS:
            line = self._chance.choices(*_LINES)[0]
            made = self._make(self._language(), line)
            made.buys = line in ("household", "cottage")
            if not made.buys:
                continue
            if self._chance.random() < 0.05:
                made.ends_at = self._oldest + timedelta(days=self._chance.randint(150, 700))
                if self._chance.random() < 0.3:
                    made.returns_at = made.ends_at + timedelta(days=self._chance.randint(120, 300))
                elif self._chance.random() < 0.12:
                    made.in_peace_since = min(made.ends_at + timedelta(days=1), self._now)

    def _persona(self, key: str, at: datetime) -> Customer:
        if key not in self._speakers:
            told = company()["personas"][key]
            line = "trade" if told["account"] else "household"
            made = self._make(told["language"], line, told["account"] or "", name=told["name"])
            made.known_before, made.since = False, self._now
            if key in _FOR_YEARS:
                made.known_before = True
                made.since = self._now - timedelta(days=round(365.25 * _FOR_YEARS[key]) + 11)
            self._speakers[key] = made
        if key not in _FOR_YEARS:
            self._is_new(self._speakers[key], at)
        return self._speakers[key]

    def _is_new(self, customer: Customer, at: datetime) -> None:
        customer.known_before, customer.since = False, self._now
        customer.begins_at = min(customer.begins_at or at, at)

    def _language(self) -> str:
        return self._chance.choices(*_LANGUAGES)[0]

    def _make(
        self, language: str, line: str, account: str = "", *, name: str = "", own_address: bool = False
    ) -> Customer:
        name = name or self._names.draw(language)
        number = f"H-{10_001 + len(self.customers)}"
        known_before = line in ("household", "cottage", "trade") and self._chance.random() < 0.45
        made = Customer(
            number=number,
            name=name,
            language=language,
            email=self._names.email(name, "" if own_address or line == "audience" else account),
            phone=self._names.phone() if self._chance.random() < 0.6 else "",
            line=line,
            since=self._before_the_window() if known_before else self._now,
            account=account,
            known_before=known_before,
        )
        self.customers[number] = made
        return made

    def _before_the_window(self) -> datetime:
        day = self._oldest.date() - timedelta(days=round(self._chance.expovariate(1 / 1400)) + 3)
        return moment(day, "web_form", self._chance)


def _line(comment: Comment) -> str:
    if comment.stage in (Stage.STRANGER, Stage.PROSPECT):
        return comment.stage
    return "cottage" if comment.touchpoint in _AT_PLOTS else "household"
