"""How things stand before somebody is asked, and what was decided, as pages read it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from kalevi.channels.invitations import delivering
from kalevi.channels.invitations.deciding import Situation
from kalevi.channels.invitations.links import answers_to
from kalevi.channels.invitations.models import Decision, Invitation, Occasion, Rules
from kalevi.channels.survey.models import Survey
from kalevi.interactions.ids import earliest_id
from kalevi.interactions.models import Channel, Interaction
from kalevi.people.models import Consent, Contact
from kalevi.people.queries.contacts import may_approach

# What happened longer ago than this nobody is asked about any more.
TOO_OLD = timedelta(days=14)
PAGE = 50


def rules() -> Rules:
    """Return the rules; the usual ones, not stored, before anybody changed them."""
    return Rules.objects.filter(pk=1).first() or Rules(pk=1)


def draw(occasion: Occasion, interaction_id: int) -> int:
    """Return a number from 0 to 99, the same for the same encounter each time."""
    made = hashlib.blake2b(f"{occasion.pk} {interaction_id}".encode(), digest_size=8).digest()
    return int.from_bytes(made) % 100


def situation_of(
    contact: Contact, survey: Survey, *, now: datetime, occasion: Occasion | None = None, drawn: int = 0
) -> Situation:
    """Return how things stand with a person and a survey."""
    kept, ours = rules(), Invitation.objects.filter(made_at__lte=now)
    answers = Interaction.objects.filter(channel=Channel.SURVEY, outbound=False)
    mine = answers.filter(contact=contact).order_by("-pk").values_list("occurred_at", flat=True)
    account_invited: Sequence[datetime] = ()
    account_answered: Sequence[datetime] = ()
    if contact.account_id is not None:
        since = now - timedelta(days=kept.account_days)
        theirs = ours.filter(contact__account=contact.account_id, made_at__gt=since)
        account_invited = list(theirs.values_list("made_at", flat=True))
        since = now - timedelta(days=kept.account_answer_days)
        said = answers.filter(contact__account=contact.account_id, pk__gte=earliest_id(since))
        account_answered = list(said.values_list("occurred_at", flat=True))
    return replace(
        _person(contact, survey),
        share=occasion.share if occasion else 100,
        draw=drawn,
        invited=ours.filter(contact=contact).order_by("-made_at").values_list("made_at", flat=True).first(),
        answered=mine.first(),
        account_invited=account_invited,
        account_answered=account_answered,
    )


def situation_of_reminder(invitation: Invitation) -> Situation:
    """Return how things stand with somebody who was asked."""
    person = _person(invitation.contact, invitation.survey)
    since = Interaction.objects.filter(
        contact=invitation.contact_id, channel=Channel.SURVEY, received_at__gte=invitation.made_at
    )
    return replace(person, answered_already=bool(answers_to(invitation)) or since.exists())


def _person(contact: Contact, survey: Survey) -> Situation:
    return Situation(
        gone=contact.erasure_id is not None or contact.merged_into_id is not None,
        in_peace=contact.in_peace_since is not None,
        consents=may_approach(contact, Consent.Purpose.FEEDBACK),
        survey_open=survey.state == Survey.State.OPEN and survey.current_id is not None,
        has_address=bool(contact.email),
        has_server=delivering.can_send(),
    )


def undecided(occasion: Occasion, *, now: datetime, most: int) -> list[Interaction]:
    """Return encounters of this occasion whose time to ask has come and that nobody decided about yet."""
    until = now - timedelta(hours=occasion.wait_hours)
    since = max(occasion.since, now - TOO_OLD - timedelta(hours=occasion.wait_hours))
    decided = Decision.objects.filter(occasion=occasion, interaction_id=OuterRef("pk"))
    found = Interaction.objects.filter(
        ~Exists(decided),
        touchpoint=occasion.touchpoint_id,
        contact__isnull=False,
        outbound=False,
        pk__gte=earliest_id(since),
        occurred_at__gte=since,
        occurred_at__lte=until,
    ).exclude(channel=Channel.SURVEY)
    return list(found.select_related("contact").order_by("pk")[:most])


def to_remind(*, now: datetime, most: int) -> list[Invitation]:
    """Return invitations whose time for the one reminder has come."""
    days = rules().reminder_days
    if not days:
        return []
    found = Invitation.objects.filter(
        reminder_decided_at__isnull=True,
        revoked_at__isnull=True,
        ends_at__gt=now,
        made_at__lte=now - timedelta(days=days),
    )
    return list(found.select_related("contact", "survey__current").order_by("made_at")[:most])


@dataclass(frozen=True, slots=True)
class Told:
    """One reason, and how many times it was the one lately."""

    reason: str
    count: int


def reasons_lately(days: int = 30) -> list[Told]:
    """Return what was decided how many times in the last days, the most frequent first; "" was sent."""
    since = timezone.now() - timedelta(days=days)
    rows = Decision.objects.filter(at__gte=since).values_list("reason").annotate(n=Count("pk")).order_by("-n")
    return [Told(reason, count) for reason, count in rows]


def decisions_for_colleague(
    *, reason: str | None = None, before: int | None = None, contact: Contact | None = None
) -> tuple[list[Decision], int | None]:
    """Return one page of decisions, newest first, and the id to go on before; `reason` "" are those sent."""
    found: QuerySet[Decision] = Decision.objects.select_related(
        "contact", "survey", "occasion__touchpoint", "invitation"
    )
    if reason is not None:
        found = found.filter(reason=reason)
    if contact is not None:
        found = found.filter(contact=contact)
    if before is not None:
        found = found.filter(pk__lt=before)
    page = list(found.order_by("-pk")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def occasions_for_colleague() -> list[Occasion]:
    """Return when we ask by ourselves, by touchpoint."""
    return list(
        Occasion.objects.select_related("touchpoint", "survey").order_by("touchpoint__stage__position", "pk")
    )
