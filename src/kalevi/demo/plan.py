"""The whole demo, as a pure function of the moment it is made for: the same moment gives the same plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from kalevi.demo import clock, habits
from kalevi.demo.calendar import WEEKS_SHOWN, Place, event_shift, monday, placed
from kalevi.demo.clock import ZONE, Days, latest_natural, moment, next_open
from kalevi.demo.customers import Customer
from kalevi.demo.episodes import Episodes, Trouble
from kalevi.demo.happenings import Happening
from kalevi.demo.material import Comment, comments, event
from kalevi.demo.population import Population
from kalevi.demo.written import answers_written
from kalevi.interactions.models import Channel, Kind

INTERACTIONS = 12_000
_SEED = "Hylkikarin Rauta & Mökki"


@dataclass(frozen=True, slots=True)
class Plan:
    """Everybody, and everything that happened, oldest first."""

    customers: tuple[Customer, ...]
    happenings: tuple[Happening, ...]


def plan(now: datetime) -> Plan:
    """Return the demo for a moment: nothing in it is later, and all of it lies within about two years."""
    return _Planner(now).plan()


class _Planner:
    def __init__(self, now: datetime) -> None:
        self._now = now
        self._today = now.astimezone(ZONE).date()
        self._first = self._today - timedelta(weeks=WEEKS_SHOWN) + timedelta(days=1)
        self._chance = Random(_SEED)
        self._trouble = _trouble(self._today)
        oldest = datetime.combine(self._first, time(), ZONE).astimezone(UTC)
        self._oldest = oldest
        self._people = Population(self._chance, oldest, now)
        self._episodes = Episodes(self._chance, now, self._trouble)
        self._days: dict[tuple[str, bool], Days] = {}
        self._nameless: list[Happening] = []

    def plan(self) -> Plan:
        places = placed(comments(), self._today)
        said = answers_written()
        for comment in comments():
            said += 1 + bool(self._say(comment, places[comment.id]).reply)
        self._people.people_of_accounts()
        self._people.the_quiet_many()
        everybody = tuple(self._people.customers.values())
        for customer in everybody:
            self._live(customer)
            if customer.ends_at and customer.line in ("household", "cottage"):
                self._happen(customer, "ending", next_open(customer.ends_at, self._chance))
        self._repeat(everybody, INTERACTIONS - said)
        for customer in everybody:
            first = min((happening.at for happening in customer.happened), default=self._now)
            customer.since = min(customer.since, first - timedelta(minutes=1))
        happenings = [*self._nameless, *(one for customer in everybody for one in customer.happened)]
        return Plan(everybody, tuple(sorted(happenings, key=lambda one: (one.at, one.identity))))

    def _say(self, comment: Comment, place: Place) -> Happening:
        """Put one comment where it belongs, with what happened before it."""
        chance = Random(f"{_SEED} {comment.id}")
        if place.newest is None:
            at = moment(place.day, comment.channel, chance)
        else:
            wished = self._now - timedelta(hours=3.5 * place.newest + chance.random() * 2 + 0.3)
            at = latest_natural(wished, comment.channel).replace(microsecond=0)
            if at + timedelta(minutes=1) < wished:  # a night is skipped: not all of it into one minute
                at -= timedelta(seconds=chance.randrange(12_000))
        speaker = self._people.speaker(comment, at)
        teller = ""
        if comment.told_by_colleague:
            teller = colleague_address(habits.TELLERS.get(comment.touchpoint, "tuula"))
        happening = Happening(
            comment.id,
            at,
            comment.touchpoint,
            comment.channel,
            habits.KINDS.get(Channel(comment.channel), Kind.FEEDBACK),
            customer=speaker.number if speaker else "",
            text=comment.text,
            language=comment.language,
            score=comment.score,
            expectation=comment.expectation,
            feeling=comment.self_feeling,
            teller=teller,
            reply=self._reply(comment, at, chance),
            answerer=colleague_address(habits.TELLERS.get(comment.touchpoint, "tuula"))
            if comment.reply
            else "",
        )
        if speaker is None:
            self._nameless.append(happening)
            return happening
        if (
            comment.touchpoint in habits.BEFORE
            and comment.stage not in ("stranger",)
            and speaker.line != "audience"
        ):
            kind, fewest, most = habits.BEFORE[comment.touchpoint]
            day = at.astimezone(ZONE).date() - timedelta(days=chance.randint(fewest, most))
            begun = min(next_open(moment(day, Channel.COUNTER, chance), chance), at - timedelta(minutes=50))
            self._happen(speaker, kind, latest_natural(begun, Channel.COUNTER), before=at)
        speaker.happened.append(happening)
        speaker.said.append((at, comment.stage, comment.aims))
        return happening

    def _reply(self, comment: Comment, at: datetime, chance: Random) -> tuple[str, datetime] | None:
        if comment.reply is None:
            return None
        if comment.channel in (Channel.COUNTER, Channel.PHONE, Channel.CHAT):
            return comment.reply, min(at + timedelta(minutes=chance.randint(2, 9)), self._now)
        answered = next_open(at + timedelta(hours=chance.choice((1, 2, 4, 8, 20, 30))), chance)
        return comment.reply, min(max(answered, at + timedelta(minutes=20)), self._now)

    def _live(self, customer: Customer) -> None:
        """Let a customer who has no history yet meet us for the first time."""
        if not customer.happened:
            self._again(customer)

    def _repeat(self, everybody: Sequence[Customer], wordless: int) -> None:
        """Let customers come again, some far oftener than others, until enough has happened."""
        buying = [customer for customer in everybody if customer.buys and customer.line != "audience"]
        weights = list(
            accumulate(
                self._chance.lognormvariate(0, 0.9) * (3.5 if customer.line == "trade" else 1)
                for customer in buying
            )
        )
        so_far = sum(not one.text for customer in everybody for one in customer.happened)
        while so_far < wordless:
            customer = self._chance.choices(buying, cum_weights=weights)[0]
            so_far += self._again(customer)
        if so_far > wordless:
            del customer.happened[wordless - so_far :]

    def _again(self, customer: Customer) -> int:
        kinds, weights = zip(*habits.MIXES[customer.line], strict=True)
        kind: str = self._chance.choices(kinds, weights)[0]
        day = self._draw(customer, kind)
        if day is None:
            return 0
        at = moment(
            day,
            Channel.SYSTEM if kind in ("web_order", "enquiry", "guest") else Channel.COUNTER,
            self._chance,
        )
        return self._happen(customer, kind, at)

    def _draw(self, customer: Customer, kind: str) -> date | None:
        in_shop = kind not in ("web_order", "enquiry", "guest")
        key = (customer.line, in_shop)
        if key not in self._days:
            rush: Callable[[date], float] = (lambda day: 1.0) if in_shop else self._campaign
            months = habits.SEASONS.get(customer.line, clock.STEADY)
            self._days[key] = clock.days(self._first, self._today, months, in_shop=in_shop, rush=rush)
        days = self._days[key]
        begins = customer.begins_at.date() if customer.begins_at else None
        if customer.ends_at is None:
            return days.draw(self._chance, after=begins)
        if customer.returns_at and self._chance.random() < 0.5:
            back = days.draw(self._chance, after=customer.returns_at.date())
            if back:
                return back
        return days.draw(self._chance, after=begins, before=customer.ends_at.date())

    def _campaign(self, day: date) -> float:
        """The spring campaign brings five times the orders for two weeks, and few after it."""
        begins = self._trouble.begins.date()
        if begins <= day < begins + timedelta(days=14):
            return 4.5
        return 0.6 if begins + timedelta(days=14) <= day < self._trouble.ends.date() else 1.0

    def _happen(self, customer: Customer, kind: str, at: datetime, before: datetime | None = None) -> int:
        """Add an episode's events inside the two years; before words that tell of it, no score of its own."""
        limit = self._now if before is None else before
        events = [
            one
            for one in self._episodes.play(kind, customer, at)
            if self._oldest <= one.at < limit and not (before and one.score)
        ]
        customer.happened += events
        return len(events)


def _trouble(today: date) -> Trouble:
    told, shift = event("oversold"), event_shift(today)

    def begin(week: int) -> datetime:
        return datetime.combine(monday(week, shift), time(), ZONE).astimezone(UTC)

    last = told["to_week"] + 1
    return Trouble(begin(told["from_week"]), begin(last), begin(last + 6))


def colleague_address(key: str) -> str:
    """Return the address with which a colleague signs in to the demo."""
    return f"{key}@example.fi"
