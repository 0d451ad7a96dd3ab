"""Taking, walking up, how it was met; and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from kalevi.approaches.actions.taking import EndedError, keep_wish_for_peace, note_met, set_aside, take
from kalevi.approaches.actions.writing import understand_waiting, walk_up
from kalevi.approaches.models import Approach, Met, State, Way
from kalevi.approaches.rule_models import Why
from kalevi.channels.email.models import Outgoing, Sending
from kalevi.people import erasing
from kalevi.people.actions.exporting import export_person
from kalevi.people.actions.merging import merge_contacts, undo_merge
from kalevi.people.models import Colleague, Contact, Reason
from kalevi.shell.roles import Role
from tests.saying import NOW

pytestmark = pytest.mark.django_db


def proposal(**fields: object) -> Approach:
    contact = Contact.objects.create(name="Mari Aho", email="mari@example.fi", created_at=NOW)
    values = {
        "why": Why.FIRST_VISIT,
        "key": f"contact:{contact.pk}",
        "facts": {"day": "2026-11-20"},
        "proposed_at": NOW,
        "proposed_on": NOW.date(),
    }
    return Approach.objects.create(contact=contact, **values | fields)


def test_a_call_is_kept_as_an_interaction_of_ours(tuula: Colleague) -> None:
    one = proposal()
    take(approach_id=one.pk, colleague=tuula, way=Way.PHONE)
    done = walk_up(approach_id=one.pk, colleague=tuula, words="Kysyin, miten kävi.")
    assert done.sent is not None
    assert (done.sent.verbatim, done.sent.channel, done.sent.outbound) == (
        "Kysyin, miten kävi.",
        "phone",
        True,
    )
    assert (done.sent.contact_id, done.sent.told_by_colleague_id) == (one.contact_id, tuula.pk)
    assert (done.state, understand_waiting()) == (State.APPROACHED, 0)


def test_a_mail_is_sent_and_kept_once(tuula: Colleague) -> None:
    Outgoing.objects.create(
        pk=1, host="localhost", port=25, security="none", address="me@example.fi", changed_at=NOW
    )
    one = proposal()
    take(approach_id=one.pk, colleague=tuula, way=Way.MAIL)
    walk_up(approach_id=one.pk, colleague=tuula, words="Hei Mari!", subject="Kiitos", language="fi")
    with pytest.raises(EndedError):
        walk_up(approach_id=one.pk, colleague=tuula, words="Hei taas!", subject="Kiitos")
    mail = Sending.objects.get()
    assert (mail.to, mail.subject, mail.text, mail.language) == (
        "mari@example.fi",
        "Kiitos",
        "Hei Mari!",
        "fi",
    )
    one.refresh_from_db()
    assert one.sent is not None
    assert (one.sent.verbatim, one.sent.intake_id) == ("Hei Mari!", mail.intake_id)


def test_only_whoever_took_it_does_it_and_another_may_take_it_over(tuula: Colleague) -> None:
    other = Colleague.objects.create_user("o@example.fi", name="Otto", role=Role.FRONTLINE)
    one = proposal()
    take(approach_id=one.pk, colleague=tuula, way=Way.PERSON)
    with pytest.raises(EndedError):
        walk_up(approach_id=one.pk, colleague=other, words="")
    take(approach_id=one.pk, colleague=other, way=Way.PERSON)
    walk_up(approach_id=one.pk, colleague=other, words="")
    with pytest.raises(EndedError):
        set_aside(approach_id=one.pk, colleague=tuula, state=State.NOT_NOW)


def test_unwelcome_may_become_peace_and_can_be_put_right(tuula: Colleague) -> None:
    one = proposal()
    take(approach_id=one.pk, colleague=tuula, way=Way.PHONE)
    walk_up(approach_id=one.pk, colleague=tuula, words="")
    note_met(approach_id=one.pk, colleague=tuula, met=Met.ANSWERED)
    note_met(approach_id=one.pk, colleague=tuula, met=Met.UNWELCOME)
    keep_wish_for_peace(approach_id=one.pk, colleague=tuula)
    one.refresh_from_db()
    assert (one.met, one.contact.in_peace_since) == (Met.UNWELCOME, NOW)


def test_nobody_walks_up_to_somebody_in_peace(tuula: Colleague) -> None:
    one = proposal()
    take(approach_id=one.pk, colleague=tuula, way=Way.PHONE)
    Contact.objects.filter(pk=one.contact_id).update(in_peace_since=NOW)
    with pytest.raises(EndedError):
        walk_up(approach_id=one.pk, colleague=tuula, words="")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": State.TAKEN, "way": "phone"},
        {"state": State.MET, "met": "thanked", "met_at": NOW, "ended_at": NOW},
        {"state": State.NOT_NOW},
        {"facts": None},
        {"why": "because"},
        {"met": "thanked"},
    ],
)
def test_the_database_refuses_halves(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal(**fields)


def test_one_at_a_time_and_one_an_occasion(tuula: Colleague) -> None:
    one = proposal()
    again = {
        "contact": one.contact,
        "why": one.why,
        "facts": {},
        "proposed_at": NOW,
        "proposed_on": NOW.date(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Approach.objects.create(key="other", **again)
    set_aside(approach_id=one.pk, colleague=tuula, state=State.NOT_FIT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approach.objects.create(key=one.key, **again)


@pytest.mark.parametrize("change", [{"facts": {"day": "2026-11-21"}}, {"why": Why.SILENCE}, {"key": "x"}])
def test_the_reason_stays_as_it_was(change: dict[str, object]) -> None:
    one = proposal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approach.objects.filter(pk=one.pk).update(**change)


def test_a_person_takes_the_reason_along_and_leaves_the_count(tuula: Colleague) -> None:
    one = proposal()
    assert export_person(actor=tuula, contact_id=one.contact_id)["approaches"] == [
        {
            "reason": "first_visit",
            "facts": {"day": "2026-11-20"},
            "proposed_at": NOW.isoformat(),
            "state": "proposed",
            "way": None,
            "approached_at": None,
            "met": None,
        }
    ]
    erasing.erase(kind="contact", number=one.contact_id, reason=Reason.REQUEST, actor_id=tuula.pk)
    one.refresh_from_db()
    assert (one.facts, one.state, one.erasure_id is None) == (None, State.DROPPED, False)


def test_of_two_who_are_one_only_one_approach_lives(tuula: Colleague) -> None:
    kept, gone = proposal(), proposal()
    Contact.objects.filter(pk=gone.contact_id).update(email="m@example.fi")
    merge = merge_contacts(actor=tuula, kept_id=kept.contact_id, gone_id=gone.contact_id)
    first, second = Approach.objects.order_by("pk")
    assert [(one.contact_id, one.state) for one in (first, second)] == [
        (kept.contact_id, State.PROPOSED),
        (kept.contact_id, State.DROPPED),
    ]
    undo_merge(actor=tuula, merge_id=merge.pk)
    second.refresh_from_db()
    assert (second.contact_id, second.state) == (gone.contact_id, State.PROPOSED)
