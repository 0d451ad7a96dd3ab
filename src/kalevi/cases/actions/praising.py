"""Bringing thanks to the person they are for, the same day: named in the words, or on duty where it was."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from kalevi.audit.actions import Deed, record, record_many
from kalevi.cases.alert_models import AlertChoice
from kalevi.cases.assigning import weeks
from kalevi.cases.colleague_mail import mail_colleague
from kalevi.cases.models import Case
from kalevi.cases.names import named_in
from kalevi.cases.praise_models import Praise
from kalevi.cases.rule_models import Duty
from kalevi.cases.shifts import Week
from kalevi.channels.email.outbox import can_send
from kalevi.interactions.fresh import FRESH
from kalevi.interactions.models import Interaction
from kalevi.interactions.queries.newest import NewestReadings
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
    many = list(said.order_by("pk"))
    readings = NewestReadings(many)
    praising = [one for one in many if (read := readings.of(one)) is not None and _praises(read)]
    if not praising:
        return 0
    known = set(Praise.objects.filter(interaction__in=praising).values_list("interaction_id", "colleague_id"))
    team, now, new = _Team(), timezone.now(), list[Praise]()
    for interaction in praising:
        named = team.named(interaction)
        how = Praise.How.NAMED if named else Praise.How.ON_DUTY
        # A colleague who wrote down somebody's thanks to themselves needs no news of them.
        writer = interaction.told_by_colleague_id
        new += [
            Praise(colleague=colleague, interaction=interaction, how=how, at=now)
            for colleague in named or team.there(interaction.touchpoint_id, interaction.occurred_at)
            if colleague.pk != writer and (interaction.pk, colleague.pk) not in known
        ]
    Praise.objects.bulk_create(new)
    record_many([_brought(praise) for praise in new])
    _tell(new, now)
    return len(new)


def _praises(reading: Reading) -> bool:
    return any(mark.mark == MARK and mark.confidence >= SURE for mark in reading.marks)


class _Team:
    """Who is here, who takes care of what and whose shift is when: looked at once for many words."""

    def __init__(self) -> None:
        self.here = list(Colleague.objects.here().order_by("pk"))
        self.duties = set(Duty.objects.values_list("colleague_id", "touchpoint_id"))
        self.first = {one.pk: one.name.split(" ")[0] for one in self.here}
        self._zone = ZoneInfo(company().time_zone)
        self._weeks: dict[date, dict[int, Week]] = {}

    def named(self, interaction: Interaction) -> list[Colleague]:
        """Return whom the words name; of several with one name those who take care of the place."""
        words = interaction.verbatim or ""
        found: list[Colleague] = []
        for name in sorted(named_in(words, set(self.first.values()))):
            same = [one for one in self.here if self.first[one.pk] == name]
            last = [one for one in same if named_in(words, set(one.name.split(" ")[1:]))]
            found += last or self._caring(same, interaction.touchpoint_id) or same
        return found

    def there(self, touchpoint_id: int | None, at: datetime) -> list[Colleague]:
        """Return who takes care of a place and was on shift there; where nobody does, all who were on shift.

        Where that would be a crowd, those who lead.
        """
        staff = [one for one in self.here if one.holds(*STAFF)]
        caring = self._caring(staff, touchpoint_id)
        if caring:
            return self._on_shift(caring, at)
        everybody = self._on_shift(staff, at)
        if len(everybody) <= MOST:
            return everybody
        return self._leading()

    def instead(self, touchpoint_id: int | None) -> list[Colleague]:
        """Return who hears for somebody who left: who takes care of the place, else who leads, else all."""
        staff = [one for one in self.here if one.holds(*STAFF)]
        return self._caring(staff, touchpoint_id) or self._leading() or staff[:MOST]

    def _leading(self) -> list[Colleague]:
        return [one for one in self.here if one.holds(Role.MANAGER)][:MOST]

    def _caring(self, some: list[Colleague], touchpoint_id: int | None) -> list[Colleague]:
        return [one for one in some if (one.pk, touchpoint_id) in self.duties]

    def _on_shift(self, some: list[Colleague], at: datetime) -> list[Colleague]:
        """Return those whose shift it was; all of them where it was nobody's."""
        wall = at.astimezone(self._zone)
        theirs = self._weeks.get(wall.date())
        if theirs is None:
            theirs = self._weeks[wall.date()] = weeks(wall.date())
        return [one for one in some if theirs.get(one.pk, Week()).here(wall)] or some


@transaction.atomic
def bring_tapped(*, case: Case) -> int:
    """Bring a thank-you that was tapped on the page of a case to who carries it; return to how many.

    Where they are not here any more, it reaches who takes care of the place now, or who leads.
    """
    if Colleague.objects.here().filter(pk=case.owner_id).exists():
        return _bring(case.owner, Praise.How.CARRIED, case=case)
    instead = _Team().instead(case.touchpoint_id)
    return sum(_bring(one, Praise.How.LEFT, case=case) for one in instead)


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
        record_many([_brought(praise)])
        _tell([praise], now)
    return new


def _brought(praise: Praise) -> Deed:
    about = praise.interaction or praise.case
    return Deed(
        action="cases.bring_thanks",
        subject=f"praise:{praise.pk}",
        contact_id=about.contact_id if about else None,
        details={"how": praise.how},
    )


def _tell(praises: Sequence[Praise], now: datetime) -> None:
    """Tell by e-mail that thanks are there; the customer's words stay where an erasure reaches them."""
    if not praises or not can_send():
        # Today tells it all the same.
        return
    choices = {choice.colleague_id: choice for choice in AlertChoice.objects.all()}
    for praise in praises:
        colleague = praise.colleague
        with override(colleague.language):
            subject = gettext("Somebody thanked you")
            text = gettext("A customer thanks you in their own words. You will find them on Today:")
        mail_colleague(
            colleague,
            choices.get(colleague.pk),
            subject=subject,
            text=f"{text}\n\n{settings.ADDRESS}{reverse('today')}#thanked\n",
            key=f"praise:{praise.pk}",
            now=now,
        )


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
    there = [one for one in _Team().there(touchpoint, at) if one.pk != colleague.pk]
    return there or list(Colleague.objects.here(STAFF).exclude(pk=colleague.pk)[:MOST])


@transaction.atomic
def see_praise(*, praise_id: int, colleague: Colleague) -> None:
    """Keep that thanks were read; they go from Today then. Raises NotYoursError."""
    mine = Praise.objects.filter(pk=praise_id, colleague=colleague, passed_at__isnull=True)
    if not mine.update(seen_at=timezone.now()):
        raise NotYoursError
