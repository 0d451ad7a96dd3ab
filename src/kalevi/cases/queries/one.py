"""One case with everything beside the pen: the words, the chain, what they had to tell again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from kalevi.cases.clock import pressing, waited
from kalevi.cases.customers_words import corrections
from kalevi.cases.file_models import CaseFile
from kalevi.cases.links import address_of, current
from kalevi.cases.models import LIVE, Carrying, Case, CaseWord, Handover, ToldAgain
from kalevi.cases.no_models import AskedNo, HonestNo
from kalevi.cases.queries.mails import Mail, mails_of_case
from kalevi.cases.queries.orders import Ordered, orders_for_colleague
from kalevi.channels.email.answering import address_to_answer
from kalevi.channels.email.models import Sending
from kalevi.channels.email.outbox import can_send
from kalevi.channels.survey.models import Reach
from kalevi.channels.survey.reach import left_with
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import Card, cards_for_colleague
from kalevi.people.models import Aim, Colleague
from kalevi.shell.calendar import BusinessCalendar
from kalevi.shell.queries import company
from kalevi.shell.roles import STAFF
from kalevi.text.coach import Checked, check

SHOWN, BEFORE = 60, 4


@dataclass(frozen=True, slots=True)
class Said:
    """Something that was said, and the mail it went out with."""

    card: Card
    mail: Mail | None
    # Said to put us right.
    corrects: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A case as a colleague sees it; times are minutes, `business` those of opening hours."""

    case: Case
    said: tuple[Said, ...]
    before: tuple[Card, ...]
    notices: tuple[Mail, ...]
    chain: tuple[Carrying, ...]
    offer: Handover | None
    files: tuple[CaseFile, ...]
    orders: tuple[Ordered, ...]
    asked_no: AskedNo | None
    nos: tuple[HonestNo, ...]
    told_again: int
    waited: float
    business: float
    pressing: str
    first_time: bool
    aims: tuple[Aim, ...]
    others: tuple[Case, ...]
    mail_to: str
    left: tuple[Reach, ...]
    link: str
    newest: int


def case_for_colleague(colleague: Colleague, case_id: int, now: datetime) -> Whole:
    """Return a case, its newest `SHOWN` words last. Raises Case.DoesNotExist."""
    case = Case.objects.select_related("contact__account", "touchpoint", "owner", "merged_into").get(
        pk=case_id
    )
    newest = list(CaseWord.objects.filter(case=case).order_by("-interaction")[:SHOWN])
    ids = sorted(word.interaction_id for word in newest)
    chain = tuple(Carrying.objects.filter(case=case).select_related("colleague").order_by("since", "pk"))
    offer = Handover.objects.filter(case=case, ended_at__isnull=True).select_related("giver", "taker").first()
    calendar = BusinessCalendar.of(company())
    before = _before(case)
    both = cards_for_colleague(colleague, [*ids, *before])
    cards = tuple(card for card in both if card.interaction.pk not in before)
    mails = mails_of_case(case)
    right = corrections([card.interaction for card in cards])
    by_intake = {one.sending.intake_id: one for one in mails if one.sending.intake_id is not None}
    return Whole(
        case=case,
        said=tuple(
            Said(card, by_intake.get(card.interaction.intake_id), card.interaction.pk in right)
            for card in cards
        ),
        before=tuple(card for card in both if card.interaction.pk in before),
        notices=tuple(one for one in mails if one.sending.purpose == Sending.Purpose.NOTICE),
        chain=chain,
        offer=offer,
        files=tuple(CaseFile.objects.filter(case=case).order_by("pk")),
        orders=orders_for_colleague(case, [card.interaction for card in cards], now),
        asked_no=_asked_no(case),
        nos=tuple(HonestNo.objects.filter(case=case).select_related("colleague", "seen_by").order_by("pk")),
        told_again=ToldAgain.objects.filter(case=case).count(),
        waited=waited(case, now),
        business=calendar.business_minutes(case.waits_since, case.answered_at or now),
        pressing=pressing(case, now),
        first_time=any(card.first_time for card in cards) or _is_first(case),
        aims=tuple(Aim.objects.filter(contact=case.contact_id, words__isnull=False)[:5])
        if case.contact_id
        else (),
        others=tuple(_others(case)),
        mail_to=_mail_to(cards) if case.live else "",
        left=tuple(left_with([card.interaction for card in cards])),
        link=address_of(given) if (given := current(case.pk)) else "",
        newest=max((word.pk for word in newest), default=0),
    )


def newest_word(case_id: int) -> int:
    """Return the number of the word that came to a case last, 0 where there is none."""
    return CaseWord.objects.filter(case=case_id).order_by("-pk").values_list("pk", flat=True).first() or 0


def _before(case: Case) -> list[int]:
    """Return the newest of what else was said between us, the newest first."""
    if case.contact_id is None:
        return []
    theirs = Interaction.objects.filter(contact_id=case.contact_id, erasure__isnull=True)
    others = theirs.exclude(case_word__case=case).filter(verbatim__isnull=False)
    return list(others.order_by("-pk").values_list("pk", flat=True)[:BEFORE])


def _asked_no(case: Case) -> AskedNo | None:
    return AskedNo.objects.filter(case=case).select_related("colleague", "asked").order_by("-pk").first()


def _mail_to(cards: Sequence[Card]) -> str:
    """Return the address an answer would go to; empty where none is known or nothing is sent from here."""
    theirs = [card.interaction for card in cards if not card.interaction.outbound]
    return address_to_answer(theirs[-1]) if theirs and can_send() else ""


def _is_first(case: Case) -> bool:
    """Whether the contact never said a word before this case."""
    if case.contact_id is None:
        return False
    # Their own words are older than the moment we got them: a mail is written before it comes.
    before = Interaction.objects.filter(contact_id=case.contact_id, occurred_at__lt=case.waits_since)
    return not before.exclude(case_word__case=case).exists()


def _others(case: Case) -> Sequence[Case]:
    if case.contact_id is None:
        return ()
    theirs = Case.objects.filter(contact_id=case.contact_id, state__in=LIVE)
    return tuple(theirs.exclude(pk=case.pk).order_by("-pk")[:5])


def takers_for(case: Case) -> QuerySet[Colleague]:
    """Return who a case may be offered to: everybody who meets customers but its carrier."""
    return Colleague.objects.here(STAFF).exclude(pk=case.owner_id).order_by("name")


def others_than(colleague: Colleague) -> QuerySet[Colleague]:
    """Return everybody who meets customers but one: those who can look at a no."""
    return Colleague.objects.here(STAFF).exclude(pk=colleague.pk).order_by("name")


def coach_for_case(case: Case, draft: str, *, reader: Colleague, note: bool = False) -> Checked:
    """Return what the coach says of an answer to the customer's newest words, or of a `note` about them."""
    newest = Interaction.objects.filter(case_word__case=case, outbound=False).order_by("-pk").first()
    known = [reader.name, reader.email]
    if case.contact is not None:
        known += [case.contact.name, case.contact.email, case.contact.phone]
    to = (newest.verbatim or "") if newest else ""
    say = (get_language() or reader.language)[:2]
    return check(draft, to=to, known=known, say=say, kind="note" if note else "answer")
