"""Writes of the channel: asking, reminding, not asking and why; and what a person wishes."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from kalevi.audit.actions import record
from kalevi.channels.invitations import delivering
from kalevi.channels.invitations.composing import written
from kalevi.channels.invitations.deciding import SEND, reason_not_to_ask, reason_not_to_remind
from kalevi.channels.invitations.delivering import Letter, UndeliverableError
from kalevi.channels.invitations.links import peace_address
from kalevi.channels.invitations.models import Decision, Invitation, Occasion, Rules
from kalevi.channels.invitations.queries import draw, rules, situation_of, situation_of_reminder
from kalevi.channels.survey.models import Survey
from kalevi.interactions.models import Interaction
from kalevi.jobs import leases
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague, Consent, Contact, Identity


@transaction.atomic
def invite(*, contact: Contact, survey: Survey, actor: Colleague) -> Decision:
    """Ask somebody because a colleague wishes so, unless something speaks against it."""
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    now = timezone.now()
    reason = reason_not_to_ask(situation_of(contact, survey, now=now), rules().pace(), now)
    decision = _decide(contact, survey, reason, now, actor_id=actor.pk)
    record(
        action="channels.invitations.invite",
        actor_id=actor.pk,
        subject=f"survey:{survey.pk}",
        contact_id=contact.pk,
        reason=decision.reason,
    )
    return decision


def consider(*, occasion: Occasion, interaction: Interaction) -> Decision | None:
    """Decide whether to ask about an encounter; None when it was decided already."""
    try:
        with leases.effect():
            contact = Contact.objects.select_for_update().get(pk=interaction.contact_id or 0)
            now = timezone.now()
            if Decision.objects.filter(occasion=occasion, interaction_id=interaction.pk).exists():
                return None
            situation = situation_of(
                contact, occasion.survey, now=now, occasion=occasion, drawn=draw(occasion, interaction.pk)
            )
            reason = reason_not_to_ask(situation, rules().pace(), now)
            return _decide(
                contact, occasion.survey, reason, now, occasion=occasion, interaction_id=interaction.pk
            )
    except IntegrityError:
        return None


def _decide(
    contact: Contact,
    survey: Survey,
    reason: str,
    now: datetime,
    *,
    occasion: Occasion | None = None,
    interaction_id: int | None = None,
    actor_id: int | None = None,
) -> Decision:
    invitation = None
    if reason == SEND:
        try:
            # An invitation that cannot be handed over leaves nothing behind but the reason.
            with transaction.atomic():
                invitation = _made(contact, survey, now, occasion, actor_id)
                _send(invitation, reminder=False)
        except UndeliverableError as error:
            invitation, reason = None, str(error)
    return Decision.objects.create(
        at=now,
        kind=Decision.Kind.INVITATION,
        reason=reason,
        contact=contact,
        survey=survey,
        occasion=occasion,
        interaction_id=interaction_id,
        invitation=invitation,
        actor_id=actor_id,
    )


def _made(
    contact: Contact, survey: Survey, now: datetime, occasion: Occasion | None, actor_id: int | None
) -> Invitation:
    # An identity of ours, so that the answer finds its contact also after a merge.
    Identity.objects.get_or_create(kind="contact", value=str(contact.pk), defaults={"contact": contact})
    languages = survey.current.languages if survey.current else survey.languages
    return Invitation.objects.create(
        contact=contact,
        survey=survey,
        occasion=occasion,
        language=contact.language if contact.language in languages else languages[0],
        made_at=now,
        ends_at=now + timedelta(days=rules().link_days),
        made_by_id=actor_id,
    )


def _send(invitation: Invitation, *, reminder: bool) -> None:
    version = invitation.survey.current
    if version is None:
        raise UndeliverableError("survey_closed")
    mail = written(invitation, version.asks(), reminder=reminder)
    delivering.deliver(
        Letter(
            to=invitation.contact.email,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            language=invitation.language,
            contact_id=invitation.contact_id,
            key=f"invitation:{invitation.pk}{':reminder' if reminder else ''}",
            unsubscribe=peace_address(invitation),
        )
    )


def remind(*, invitation: Invitation) -> Decision | None:
    """Remind somebody once, or keep why not; None when that was decided already."""
    with leases.effect():
        found = (
            Invitation.objects.select_for_update(of=("self",))
            .select_related("contact", "survey__current")
            .filter(pk=invitation.pk, reminder_decided_at__isnull=True, revoked_at__isnull=True)
            .first()
        )
        if found is None:
            return None
        now = timezone.now()
        reason = reason_not_to_remind(situation_of_reminder(found))
        if reason == SEND:
            try:
                with transaction.atomic():
                    _send(found, reminder=True)
            except UndeliverableError as error:
                reason = str(error)
        found.reminder_decided_at = now
        found.save(update_fields=["reminder_decided_at"])
        return Decision.objects.create(
            at=now,
            kind=Decision.Kind.REMINDER,
            reason=reason,
            contact=found.contact,
            survey=found.survey,
            occasion=found.occasion,
            invitation=found,
        )


@transaction.atomic
def revoke(*, invitation: Invitation, actor: Colleague) -> None:
    """Let a personal link hold no more; what was answered by it stays."""
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        record(
            action="channels.invitations.revoke",
            actor_id=actor.pk,
            subject=f"invitation:{invitation.pk}",
            contact_id=invitation.contact_id,
        )


@transaction.atomic
def ask_no_more(*, invitation: Invitation, in_peace: bool) -> None:
    """Keep the wish of a person: no more questions; with `in_peace`, to be left in peace altogether."""
    contact = Contact.objects.select_for_update().get(pk=invitation.contact_id)
    while contact.merged_into_id is not None:
        contact = Contact.objects.select_for_update().get(pk=contact.merged_into_id)
    now = timezone.now()
    ended = Consent.objects.filter(
        contact=contact, purpose=Consent.Purpose.FEEDBACK, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    if in_peace and contact.in_peace_since is None and contact.erasure_id is None:
        contact.in_peace_since = now
        contact.save(update_fields=["in_peace_since"])
    record(
        action="channels.invitations.ask_no_more",
        actor_id=None,
        subject=f"invitation:{invitation.pk}",
        contact_id=contact.pk,
        ended=ended,
        in_peace=in_peace,
    )


@transaction.atomic
def change_rules(*, actor: Colleague, **days: int) -> Rules:
    """Store how seldom we ask; `days` are fields of `Rules`."""
    changed = rules()
    for name, value in days.items():
        setattr(changed, name, value)
    changed.save()
    record(action="channels.invitations.change_rules", actor_id=actor.pk, subject="rules:1", **days)
    return changed


@transaction.atomic
def begin_occasion(
    *, touchpoint: Touchpoint, survey: Survey, wait_hours: int, share: int, actor: Colleague
) -> Occasion:
    """Begin to ask by ourselves after encounters at a touchpoint, those from now on."""
    occasion, _made_now = Occasion.objects.update_or_create(
        touchpoint=touchpoint,
        survey=survey,
        defaults={"wait_hours": wait_hours, "share": share, "active": True, "since": timezone.now()},
    )
    record(
        action="channels.invitations.begin_occasion",
        actor_id=actor.pk,
        subject=f"occasion:{occasion.pk}",
        wait_hours=wait_hours,
        share=share,
    )
    return occasion


@transaction.atomic
def end_occasion(*, occasion: Occasion, actor: Colleague) -> None:
    """Ask no more by ourselves after these encounters."""
    occasion.active = False
    occasion.save(update_fields=["active"])
    record(action="channels.invitations.end_occasion", actor_id=actor.pk, subject=f"occasion:{occasion.pk}")
