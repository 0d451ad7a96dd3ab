"""What happens without words: visits, orders, deliveries, rentals, plot visits and scores, in sequences."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from kalevi.demo.clock import moment, next_open
from kalevi.demo.customers import Customer
from kalevi.demo.happenings import Happening
from kalevi.interactions.models import Channel, Kind

_GOOD = {
    "csat": (2, 4, 12, 38, 44),
    "nps": (1, 0, 1, 1, 2, 4, 6, 13, 22, 24, 26),
    "ces": (2, 3, 4, 8, 18, 33, 32),
}
_BAD = {
    "csat": (36, 29, 18, 12, 5),
    "nps": (17, 13, 14, 13, 11, 10, 8, 6, 4, 2, 2),
    "ces": (26, 24, 18, 13, 10, 6, 3),
}
_LOWEST = {"csat": 1, "nps": 0, "ces": 1}
_HIT = frozenset({"web_shop", "checkout", "delivery", "phone", "complaint"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """The oversold campaign: when it began and ended, and when nobody noticed it any more."""

    begins: datetime
    ends: datetime
    forgotten: datetime

    def strength(self, at: datetime) -> float:
        """Return 1 in the middle of it, falling to 0 while it is mended."""
        if not self.begins <= at < self.forgotten:
            return 0.0
        if at < self.ends:
            return 1.0
        return (self.forgotten - at) / (self.forgotten - self.ends)


class Episodes:
    """Makes the sequences; every happening gets a reference number of its own kind."""

    def __init__(self, chance: Random, now: datetime, trouble: Trouble) -> None:
        self._chance, self._now, self._trouble = chance, now, trouble
        self._number = 10_000

    def play(self, kind: str, customer: Customer, at: datetime) -> list[Happening]:
        """Return what happened in an episode that began at a moment, up to now, in order."""
        self._number += 1
        events = getattr(self, f"_{kind}")(at, str(self._number))
        return [
            replace(event, customer=customer.number)
            for event in events
            if event.at < self._now and not _disturbs(event, customer)
        ]

    def _visit(self, at: datetime, number: str) -> Iterator[Happening]:
        where = "yard" if self._chance.random() < 0.35 else "store_counter"
        yield _met(f"V-{number}", at, where)
        yield from self._score(at, number, where, "nps", 0.16)

    def _web_order(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _event(f"O-{number}", at, "web_shop")
        if self._chance.random() < 0.12:
            yield from self._score(at, number, "checkout", "ces", 1.0)
        yield from self._delivery(at, number)

    def _delivery_order(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _met(f"O-{number}", at, "store_counter")
        yield from self._delivery(at, number)

    def _delivery(self, at: datetime, number: str) -> Iterator[Happening]:
        strained = self._trouble.strength(at) > self._chance.random()
        days = self._chance.randint(18, 45) if strained else self._chance.randint(2, 9)
        if strained and self._chance.random() < 0.45:
            asked = next_open(at + timedelta(days=self._chance.randint(4, 14)), self._chance)
            yield _met(f"C-{number}", asked, "phone", Channel.PHONE)
            yield from self._score(asked, f"{number}-2", "phone", "ces", 0.4)
        brought = next_open(at + timedelta(days=days), self._chance)
        yield _event(f"D-{number}", brought, "delivery")
        yield from self._score(brought, number, "delivery", "csat", 0.42)

    def _trade_order(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _met(f"O-{number}", at, "yard")
        if self._chance.random() < 0.5:
            yield from self._delivery(at, number)
        billed = next_open(at + timedelta(days=self._chance.randint(5, 16)), self._chance)
        yield _event(f"I-{number}", billed, "invoice")
        yield from self._score(billed, f"{number}-3", "invoice", "nps", 0.12)

    def _rental(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _met(f"R-{number}", at, "tool_rental")
        back = next_open(at + timedelta(days=self._chance.choice((1, 1, 1, 2, 2, 3, 7))), self._chance)
        yield _met(f"R-{number}-back", back, "tool_rental")
        yield from self._score(back, number, "tool_rental", "csat", 0.3)

    def _recycling(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _met(f"L-{number}", at, "recycling_yard")
        yield from self._score(at, number, "recycling_yard", "csat", 0.3, luck=0.5)

    def _call(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _met(f"C-{number}", at, "phone", Channel.PHONE)
        yield from self._score(at, number, "phone", "ces", 0.3)

    def _plot_visit(self, at: datetime, number: str) -> Iterator[Happening]:
        asked = at - timedelta(days=self._chance.randint(3, 12), hours=self._chance.randint(1, 5))
        yield _event(
            f"Q-{number}", moment(asked.date(), "web_form", self._chance), "search", Channel.WEB_FORM
        )
        yield _met(f"P-{number}", at, "plot_visit")
        yield from self._score(at, number, "plot_visit", "csat", 0.5)

    def _plot_work(self, at: datetime, number: str) -> Iterator[Happening]:
        yield from self._plot_visit(at, number)
        if self._chance.random() < 0.5:
            helped = next_open(at + timedelta(days=self._chance.randint(5, 20)), self._chance)
            yield _event(f"A-{number}", helped, "permit_help")
        begun = next_open(at + timedelta(days=self._chance.randint(20, 60)), self._chance)
        done = next_open(begun + timedelta(days=self._chance.randint(2, 20)), self._chance)
        yield _event(f"W-{number}", begun, "plot_work")
        yield _event(f"W-{number}-done", done, "plot_work")
        yield from self._score(done, f"{number}-3", "plot_work", "csat", 0.6)
        billed = next_open(done + timedelta(days=self._chance.randint(3, 12)), self._chance)
        yield _event(f"I-{number}", billed, "invoice")

    def _winter(self, at: datetime, number: str) -> Iterator[Happening]:
        """The cottage is looked after from November to April, once in three weeks."""
        begin = datetime(at.year, 11, 4, 9, 10, tzinfo=at.tzinfo) + timedelta(days=int(number) % 18)
        for round_ in range(7):
            yield _event(
                f"T-{number}-{round_ + 1}",
                next_open(begin + timedelta(weeks=3 * round_), self._chance),
                "winter_watch",
            )
        yield from self._score(begin + timedelta(weeks=23), number, "winter_watch", "nps", 0.5)

    def _enquiry(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _event(f"Q-{number}", at, "search", Channel.WEB_FORM)

    def _guest(self, at: datetime, number: str) -> Iterator[Happening]:
        yield from self._score(at, number, "plot_work", "csat", 1.0)

    def _ending(self, at: datetime, number: str) -> Iterator[Happening]:
        yield _event(f"E-{number}", at, "ending")

    def _score(
        self, at: datetime, number: str, touchpoint: str, kind: str, share: float, luck: float = 0.0
    ) -> Iterator[Happening]:
        """Ask a share of the customers; they answer in the evening or within a few days, if at all."""
        if self._chance.random() >= share:
            return
        asked = at + timedelta(hours=self._chance.randint(3, 60))
        answered = max(
            at + timedelta(minutes=self._chance.randint(35, 200)),
            moment(asked.date(), Channel.SURVEY, self._chance),
        )
        bad = touchpoint in _HIT and self._chance.random() < 0.75 * self._trouble.strength(at)
        weights = (_BAD if bad else _GOOD)[kind]
        value = _LOWEST[kind] + self._chance.choices(range(len(weights)), weights)[0]
        if luck and self._chance.random() < luck:
            value = _LOWEST[kind] + len(weights) - 1
        yield Happening(
            f"S-{number}",
            answered,
            touchpoint,
            Channel.SURVEY,
            Kind.FEEDBACK,
            reference=f"S-{number}",
            score=(kind, float(value)),
        )


def _disturbs(event: Happening, customer: Customer) -> bool:
    """Return whether an event would disturb somebody who by then wished to be left in peace."""
    return bool(customer.in_peace_since and event.score and event.at >= customer.in_peace_since)


def _met(number: str, at: datetime, touchpoint: str, channel: str = Channel.COUNTER) -> Happening:
    return Happening(number, at, touchpoint, channel, Kind.ENCOUNTER, reference=number)


def _event(number: str, at: datetime, touchpoint: str, channel: str = Channel.SYSTEM) -> Happening:
    return Happening(number, at, touchpoint, channel, Kind.EVENT, reference=number)
