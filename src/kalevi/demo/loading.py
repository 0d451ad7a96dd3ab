"""Loads the demo company through the intake log, like anything real: so it is read, indexed and findable.

Every step can be done again: what is there already stays as it is, and a load that was killed goes on.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from kalevi.audit.actions import record
from kalevi.audit.models import Entry
from kalevi.demo.approaches import propose_people
from kalevi.demo.cases import open_cases
from kalevi.demo.clock import OPENING_HOURS, ZONE
from kalevi.demo.customers import agreements, stage_changes
from kalevi.demo.happenings import SOURCE, Happening
from kalevi.demo.material import company
from kalevi.demo.orders import keep_orders
from kalevi.demo.plan import Plan, colleague_address, plan
from kalevi.demo.promises import keep_promises
from kalevi.demo.surveys import ask_customers
from kalevi.demo.team import settle_in
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Intake
from kalevi.interactions.understanding import understand
from kalevi.journeys.models import JourneyStage, Touchpoint
from kalevi.people.models import Account, Aim, Colleague, Consent, Contact, Identity, StageChange, columns
from kalevi.shell.models import Company
from kalevi.text import Reader

PASSWORD = "hylkikari-demo"  # noqa: S105  known on purpose, and only in the demo
_SCOPE = "demo"
_DONE = "demo.load"
_CHUNK = 2_000
Progress = Callable[[int, int], None]


def is_loaded() -> bool:
    """Return whether the demo company is here, whole."""
    return Entry.objects.filter(action=_DONE).exists()


def used_by_others() -> bool:
    """Return whether somebody else's company lives in this database: then the demo keeps out."""
    ours = [colleague_address(told["key"]) for told in company()["colleagues"]]
    received = Intake.objects.all()
    return Colleague.objects.exclude(email__in=ours).exists() or (
        # Our own customers answer by other ways too, once what the demo brings by its own is there.
        received.exists() and not received.filter(source=SOURCE).exists()
    )


def load(*, now: datetime, progress: Progress | None = None) -> bool:
    """Load the demo company as it is at a moment; return False when it was here already, and then do nothing.

    A load that goes on after a kill must be given the same moment. `progress` is told (done, all).
    """
    if is_loaded():
        return False
    tell = progress or (lambda done, whole: None)
    planned = plan(now)
    whole = 2 * len(planned.happenings)
    with transaction.atomic():
        _company()
        _colleagues()
        _journey()
    with transaction.atomic():
        _customers(planned, now)
    received = _receive(planned.happenings, now, lambda done: tell(done, whole))
    reader = Reader()
    _understand(reader, lambda done: tell(min(whole, received + done), whole))
    with transaction.atomic():
        ask_customers(planned.customers, now, reader)
        settle_in(now)
    keep_orders()
    open_cases(now)
    keep_promises(now)
    propose_people(now)
    with transaction.atomic():
        record(action=_DONE, actor_id=None, subject="company:1", interactions=len(planned.happenings))
    tell(whole, whole)
    return True


def logins() -> list[Colleague]:
    """Return the colleagues of the demo, administrators first, as they sign in with `PASSWORD`."""
    order = {colleague_address(told["key"]): place for place, told in enumerate(company()["colleagues"])}
    found = Colleague.objects.filter(email__in=order)
    return sorted(found, key=lambda colleague: order[colleague.email])


def _company() -> None:
    Company.objects.update_or_create(
        pk=1,
        defaults={
            "name": company()["names"]["fi"],
            "language": "fi",
            "time_zone": str(ZONE),
            "opening_hours": OPENING_HOURS,
        },
    )


def _colleagues() -> None:
    known = set(Colleague.objects.values_list("email", flat=True))
    password = make_password(PASSWORD)
    Colleague.objects.bulk_create(
        Colleague(
            email=colleague_address(told["key"]),
            name=told["name"],
            **columns(told["roles"]),
            language=told["language"],
            password=password,
        )
        for told in company()["colleagues"]
        if colleague_address(told["key"]) not in known
    )


def _journey() -> None:
    """Make the journey; a touchpoint that several stages share belongs to the first that needs it most."""
    stages: dict[str, JourneyStage] = {}
    homes: dict[str, str] = {}
    for told in company()["journey_stages"]:
        stages[told["key"]], _new = JourneyStage.objects.get_or_create(
            key=told["key"],
            defaults={
                "position": told["order"],
                "within_reach": told["reach"] == "within",
                **_names(told["names"]),
            },
        )
        for touchpoint in told["touchpoints"]:
            homes.setdefault(touchpoint, told["key"])
    for told in company()["touchpoints"]:
        Touchpoint.objects.get_or_create(
            key=told["key"],
            defaults={
                "stage": stages[homes[told["key"]]],
                "within_reach": told["reach"] == "within",
                **_names(told["names"]),
            },
        )


def _names(names: dict[str, str]) -> dict[str, str]:
    return {f"name_{language}": name for language, name in names.items()}


def _customers(planned: Plan, now: datetime) -> None:
    """Store accounts and contacts with all that is known of their relationship, all or none of them."""
    first = planned.customers[0].number
    if Identity.objects.filter(kind="customer", value=first).exists():
        return
    accounts = {
        account.name: account
        for account in Account.objects.bulk_create(
            Account(name=told["name"], line_of_business=told["names"]["fi"]) for told in company()["accounts"]
        )
    }
    changes = [stage_changes(customer) for customer in planned.customers]
    contacts = Contact.objects.bulk_create(
        Contact(
            name=customer.name,
            email=customer.email,
            phone=customer.phone,
            language=customer.language,
            account=accounts.get(customer.account),
            side=customer.side,
            stage=stages[-1][0],
            in_peace_since=customer.in_peace_since,
            created_at=customer.since,
        )
        for customer, stages in zip(planned.customers, changes, strict=True)
    )
    everybody = list(zip(planned.customers, contacts, changes, strict=True))
    Identity.objects.bulk_create(
        Identity(contact=contact, kind=kind, value=value)
        for customer, contact, _stages in everybody
        for kind, value in (("customer", customer.number), ("email", customer.email))
    )
    StageChange.objects.bulk_create(
        StageChange(contact=contact, stage=stage, at=at)
        for _customer, contact, stages in everybody
        for stage, at in stages
    )
    Aim.objects.bulk_create(
        Aim(contact=contact, kind=Aim.Kind.GOAL, words=words, said_at=at)
        for customer, contact, _stages in everybody
        for at, _stage, words in customer.said
        if words
    )
    luck = Random("consents")
    Consent.objects.bulk_create(
        Consent(
            contact=contact,
            purpose=agreed.purpose,
            basis=agreed.basis,
            given_at=agreed.given_at,
            ends_on=agreed.ends_on,
            withdrawn_at=agreed.withdrawn_at,
            source=agreed.source,
        )
        for customer, contact, stages in everybody
        for agreed in agreements(customer, stages[-1][0], luck.random(), now)
    )


def _receive(happenings: Sequence[Happening], now: datetime, tell: Callable[[int], None]) -> int:
    """Put everything into the intake log, each thing at the time it reached us; return how many there are."""
    arriving = sorted(((_received_at(one, now), one) for one in happenings), key=_arrival_order)
    done = 0
    for begin in range(0, len(arriving), _CHUNK):
        chunk = arriving[begin : begin + _CHUNK]
        with transaction.atomic():
            for at, group in groupby(chunk, key=lambda pair: pair[0]):
                arrivals = [_arrival(one) for _at, one in group]
                receive(source=SOURCE, scope=_SCOPE, arrivals=arrivals, at=at)
        done += len(chunk)
        tell(done)
    return done


def _arrival_order(pair: tuple[datetime, Happening]) -> tuple[Any, ...]:
    return pair[0], pair[1].at, pair[1].identity


def _received_at(happening: Happening, now: datetime) -> datetime:
    """Return when it reached us: words at once, what the shop's systems know in the following night."""
    if happening.text is not None:
        return min(now, happening.at + timedelta(seconds=2))
    night = happening.at.astimezone(ZONE).replace(hour=23, minute=50, second=0, microsecond=0)
    return min(now, max(night, happening.at))


def _arrival(happening: Happening) -> Arrival:
    raw = happening.raw()
    return Arrival(digest(happening.identity.encode()), digest(raw), raw)


def _understand(reader: Reader, tell: Callable[[int], None]) -> None:
    after, done = 0, 0
    while last := understand(reader=reader, source=SOURCE, after=after, most=_CHUNK // 2):
        after = last
        done += _CHUNK // 2
        tell(done)
