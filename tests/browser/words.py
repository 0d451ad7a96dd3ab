"""A few words of customers, so that pages have something to show."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kalevi.approaches.models import Ability, Approach, Met, News, State
from kalevi.approaches.rule_models import Rule, Why
from kalevi.cases.actions.opening import open_by_rules
from kalevi.cases.models import Case
from kalevi.cases.no_models import AskedNo
from kalevi.cases.praise_models import Praise
from kalevi.cases.snippet_models import Snippet
from kalevi.interactions import told
from kalevi.interactions.intake import Arrival, digest, receive
from kalevi.interactions.models import Intake, Interaction
from kalevi.interactions.told import Score, Told, Understood
from kalevi.interactions.understanding import understand
from kalevi.people.models import Account, Colleague, Contact
from kalevi.people.recognition import Person
from kalevi.promises.actions.giving import give
from kalevi.promises.brand_models import BrandPromise
from kalevi.promises.found_models import Proposal
from kalevi.reports.models import EmergingTheme
from kalevi.text import Reader

WORDS = (
    "Kiitos Maijalle, hän auttoi kantamaan laudat autoon asti! Tulemme varmasti uudestaan.",
    "Paketti oli kolme päivää myöhässä eikä kukaan vastannut puhelimeen. Milloin se tulee?",
    "Toivoisin, että verkkokaupasta näkisi varastosaldon.",
    "Leveransen kom i tid och chauffören var mycket vänlig.",
    "The gate code did not work and we waited outside in the rain for an hour.",
)


def _interpret(rows: Sequence[Intake]) -> list[Understood]:
    return [
        Understood(
            (
                Told(
                    row.received_at - timedelta(hours=3 * (row.row or 0) + 1),
                    bytes(row.raw or b"").decode(),
                    channel="email",
                    person=Person((("email", f"{row.row}@example.fi"),), name=f"Asiakas {row.row}"),
                    score=Score("nps", 9, 0, 10) if row.row == 0 else None,
                    feelings=("helpotus",) if row.row == 0 else (),
                ),
            )
        )
        for row in rows
    ]


def tell_words() -> None:
    """Store the words, just as a channel would."""
    told.interpret_with("browser", _interpret)
    arrivals = [
        Arrival(digest(text.encode()), digest(text.encode()), text.encode(), row=number)
        for number, text in enumerate(WORDS)
    ]
    with transaction.atomic():
        receive(source="browser", scope="browser", arrivals=arrivals, at=timezone.now())
    understand(reader=Reader(), source="browser")
    now = timezone.now()
    EmergingTheme.objects.create(
        place=0,
        phrases=["verkkokaupasta", "varastosaldon"],
        texts=12,
        before=3,
        growth=21.9,
        low=6.5,
        high=73.7,
        examples=[Interaction.objects.get(verbatim=WORDS[2]).pk],
        reference_since=now - timedelta(days=104),
        since=now - timedelta(days=14),
        until=now,
    )
    promise_something()
    propose_people(now)
    thank_and_say_no(now)


def thank_and_say_no(now: datetime) -> None:
    """Let a case hold a no that waits for a look, a beginning of an answer, and thanks for everybody."""
    Snippet.objects.create(name="Hoidan itse", language="fi", words="Hei «nimi», kerroit että «mitä kuulit».")
    said = Interaction.objects.get(verbatim=WORDS[1])
    for colleague in Colleague.objects.all():
        Praise.objects.create(colleague=colleague, interaction=said, how="named", at=now)
    open_by_rules(ids=list(Interaction.objects.values_list("pk", flat=True)))
    case = Case.objects.order_by("pk").first()
    others = Colleague.objects.exclude(pk=case.owner_id) if case else None
    if case is not None and others is not None and (asked := others.first()) is not None:
        AskedNo.objects.create(
            case=case,
            colleague=case.owner,
            asked=asked,
            reason="Takuu päättyi.",
            instead="Korjaan sen.",
            asked_at=now,
        )


def propose_people(now: datetime) -> None:
    """Store people to walk up to: one proposed, one whom nobody welcomed, and a rule that paused for it."""
    giver = Colleague.objects.order_by("pk").first()
    if giver is None:
        return
    late = Interaction.objects.get(verbatim=WORDS[1])
    values = {
        "why": Why.SILENCE,
        "facts": {"day": "2026-11-12"},
        "proposed_at": now,
        "proposed_on": now.date(),
    }
    Approach.objects.create(contact=Contact.objects.get(name="Asiakas 1"), key="a", said=late, **values)
    Approach.objects.create(
        contact=Contact.objects.get(name="Asiakas 3"),
        key="b",
        state=State.MET,
        taken_by=giver,
        taken_at=now,
        way="phone",
        approached_at=now,
        met=Met.UNWELCOME,
        met_at=now,
        ended_at=now,
        **values,
    )
    News.objects.create(
        account=Account.objects.create(name="Rakennus Aho"), words="Iso urakka", told_at=now, told_by_id=1
    )
    Ability.objects.create(words="Varastosaldo verkossa", seeds="saldo", told_at=now, told_by_id=1)
    Rule.objects.create(why=Why.SILENCE, days=60, after=7, pace="paused", because="unwelcome", pace_since=now)


def promise_something() -> None:
    """Let somebody have promised something that is soon due, and words tell of what may be a promise."""
    giver = Colleague.objects.order_by("pk").first()
    if giver is None:
        return
    now = timezone.now()
    brand = BrandPromise.objects.create(words_fi="Ihminen vastaa sinulle samana päivänä.", made_at=now)
    give(
        contact=Contact.objects.latest("pk"),
        words="Tuon portin uuden koodin ovelle.",
        due_at=now + timedelta(minutes=40),
        by_day=False,
        giver=giver,
        brand=brand,
    )
    said = Interaction.objects.get(verbatim=WORDS[1])
    Proposal.objects.create(
        interaction=said, words_from=0, words_to=26, source="heard", due_at=now, found_at=now
    )
