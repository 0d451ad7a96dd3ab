"""Bringing thanks to the person they are for, the same day: named in the words, or on duty where it was."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from kalevi.audit.actions import record
from kalevi.cases.alert_models import AlertChoice
from kalevi.cases.assigning import weeks
from kalevi.cases.models import Case
from kalevi.cases.names import named_in
from kalevi.cases.praise_models import Praise
from kalevi.cases.quiet import after_quiet
from kalevi.cases.shifts import Week
from kalevi.channels.email.outbox import CannotSendError, Purpose, send
from kalevi.interactions.fresh import FRESH
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.cards import newest_reading
from kalevi.people.models import Colleague
from kalevi.shell.queries import company
from kalevi.shell.roles import STAFF, Role
from kalevi.text.reading import Reading

MARK, SURE = "praise_of_colleague", 0.5
# Where nobody is named and nobody takes care of the place, thanks go to all, as long as all are few.
MOST = 10


class NotYoursError(Exception):
    """These thanks were brought to somebody else, or passed on already."""


@transaction.atomic
def note_praise(*, ids: Sequence[int]) -> int:
    """Bring thanks that stand in these words to whom they are for; return how many they were brought to."""
    said = Interaction.objects.filter(
        pk__in=ids,
        outbound=False,
        erasure__isnull=True,
        verbatim__isnull=False,
        older_version__isnull=True,
        occurred_at__gte=timezone.now() - FRESH,
    )
    brought = 0
    for interaction in said.order_by("pk"):
        reading = newest_reading(interaction)
        if reading is None or not _praises(reading):
            continue
        named = _named(interaction, reading)
        # A colleague who wrote down somebody's thanks to themselves needs no news of them.
        writer = interaction.told_by_colleague_id
        there = colleagues_there(interaction.touchpoint_id, interaction.occurred_at)
        for colleague in named or there:
            if colleague.pk != writer:
                how = Praise.How.NAMED if named else Praise.How.ON_DUTY
                brought += _bring(colleague, how, interaction=interaction)
    return brought


def _praises(reading: Reading) -> bool:
    return any(mark.mark == MARK and mark.confidence >= SURE for mark in reading.marks)


def _named(interaction: Interaction, reading: Reading) -> list[Colleague]:
    """Return whom the words name; of several with one name those who take care of the place."""
    here = list(Colleague.objects.here().order_by("pk"))
    first = {one.pk: one.name.split(" ")[0] for one in here}
    names = named_in(interaction.verbatim or "", set(first.values()))
    there = {one.pk for one in here if one.duties.filter(touchpoint=interaction.touchpoint_id).exists()}
    found: list[Colleague] = []
    for name in sorted(names):
        same = [one for one in here if first[one.pk] == name]
        last = [one for one in same if named_in(interaction.verbatim or "", set(one.name.split(" ")[1:]))]
        found += last or [one for one in same if one.pk in there] or same
    return found


def colleagues_there(touchpoint_id: int | None, at: datetime) -> list[Colleague]:
    """Return who takes care of a place and was on shift there; where nobody does, everybody who was on shift.

    Where that would be a crowd, those who lead.
    """
    here = Colleague.objects.here(STAFF).order_by("pk")
    caring = list(here.filter(duties__touchpoint=touchpoint_id).distinct()) if touchpoint_id else []
    if caring:
        return _on_shift(caring, at)
    everybody = _on_shift(list(here), at)
    if len(everybody) <= MOST:
        return everybody
    return list(Colleague.objects.here({Role.MANAGER}).order_by("pk")[:MOST])


def _on_shift(some: list[Colleague], at: datetime) -> list[Colleague]:
    """Return those whose shift it was; all of them where it was nobody's."""
    wall = at.astimezone(ZoneInfo(company().time_zone))
    theirs = weeks(wall.date())
    return [one for one in some if theirs.get(one.pk, Week()).here(wall)] or some


@transaction.atomic
def bring_tapped(*, case: Case) -> int:
    """Bring a thank-you that was tapped on the page of a case to who carries it."""
    return _bring(case.owner, Praise.How.CARRIED, case=case)


def _bring(
    colleague: Colleague,
    how: str,
    *,
    interaction: Interaction | None = None,
    case: Case | None = None,
) -> bool:
    now = timezone.now()
    praise, new = Praise.objects.get_or_create(
        colleague=colleague, interaction=interaction, case=case, defaults={"how": how, "at": now}
    )
    if new:
        contact = interaction.contact_id if interaction else case.contact_id if case else None
        record(
            action="cases.bring_thanks",
            actor_id=None,
            subject=f"praise:{praise.pk}",
            contact_id=contact,
            how=how,
        )
        _tell(praise, now)
    return new


def _tell(praise: Praise, now: datetime) -> None:
    """Tell by e-mail that thanks are there; the customer's words stay where an erasure reaches them."""
    colleague = praise.colleague
    choice = AlertChoice.objects.filter(colleague=colleague).first()
    if choice is not None and not choice.by_mail:
        return
    with override(colleague.language):
        subject = gettext("Somebody thanked you")
        text = gettext("A customer thanks you, in words of their own. They are on your Today:")
        try:
            send(
                to=colleague.email,
                subject=subject,
                text=f"{text}\n\n{settings.ADDRESS}{reverse('today')}#thanked\n",
                purpose=Purpose.NOTICE,
                key=f"praise:{praise.pk}",
                not_before=after_quiet(choice, now),
            )
        except CannotSendError:
            # Today tells it all the same.
            return


@transaction.atomic
def pass_on(*, praise_id: int, colleague: Colleague) -> int:
    """Say that thanks are for somebody else: they go to others who were there. Return to how many.

    Raises NotYoursError.
    """
    mine = Praise.objects.select_for_update(of=("self",)).select_related("interaction", "case")
    praise = mine.filter(pk=praise_id, colleague=colleague, passed_at__isnull=True).first()
    if praise is None:
        raise NotYoursError
    praise.passed_at = timezone.now()
    praise.save(update_fields=["passed_at"])
    record(action="cases.pass_thanks_on", actor_id=colleague.pk, subject=f"praise:{praise.pk}")
    return sum(
        _bring(other, Praise.How.PASSED, interaction=praise.interaction, case=praise.case)
        for other in _others(praise, colleague)
    )


def _others(praise: Praise, colleague: Colleague) -> Iterable[Colleague]:
    if praise.case is not None:
        # Those who carried it before.
        before = praise.case.chain.exclude(colleague=colleague).values("colleague_id")
        return list(Colleague.objects.here().filter(pk__in=before))
    touchpoint = praise.interaction.touchpoint_id if praise.interaction else None
    at = praise.interaction.occurred_at if praise.interaction else praise.at
    there = [one for one in colleagues_there(touchpoint, at) if one.pk != colleague.pk]
    return there or list(Colleague.objects.here(STAFF).exclude(pk=colleague.pk)[:MOST])


@transaction.atomic
def see_praise(*, praise_id: int, colleague: Colleague) -> None:
    """Keep that thanks were read; they go from Today then. Raises NotYoursError."""
    mine = Praise.objects.filter(pk=praise_id, colleague=colleague, passed_at__isnull=True)
    if not mine.update(seen_at=timezone.now()):
        raise NotYoursError
