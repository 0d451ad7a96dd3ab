"""From a form to an interaction with what stands beside it."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from kalevi.channels.survey import interpreting, limits, reception
from kalevi.channels.survey.actions import close_survey, publish_survey, take_up_again
from kalevi.channels.survey.models import Answer, Survey, SurveyVersion
from kalevi.channels.survey.personal import Personal, _knowers, know_with
from kalevi.channels.survey.reception import Outcome, take
from kalevi.interactions.models import Intake, Interaction, SelfFeeling
from kalevi.people.erasing import erase
from kalevi.people.holdings import holdings
from kalevi.people.models import Contact, Identity, Reason
from kalevi.shell.buckets import Buckets
from tests.channels.survey.asked import DELIVERY, a_form, a_survey, a_token, understood

pytestmark = pytest.mark.django_db
HERE = "192.0.2.1"


def answer(survey: Survey, form: bytes) -> Outcome:
    return take(survey.key, form, address=HERE).outcome


def rows(interaction: Interaction) -> list[tuple[Any, ...]]:
    told = interaction.verbatim or ""
    return [
        (a.question, a.part, a.value, a.low, a.high, a.choices, told[a.words_from or 0 : a.words_to or 0])
        for a in Answer.objects.filter(interaction=interaction).order_by("pk")
    ]


def test_an_answer_becomes_one_interaction_with_everything_in_it() -> None:
    survey = a_survey()
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC), tick=False):
        form = a_form(
            survey,
            words="Kuski kantoi laudat pihaan asti.\r\nKiitos!",
            again="9",
            again__why="Ei tarvinnut kysyä",
            felt=["heard", "joy"],
            felt__strength="3",
            felt__own="ihan kuin naapuri olisi auttanut",
        )
        assert answer(survey, a_form(survey, a_token(survey), words="hei")) is Outcome.KEPT
        assert answer(survey, form) is Outcome.KEPT
    understood()
    one = Interaction.objects.latest("pk")
    assert one.verbatim == "Kuski kantoi laudat pihaan asti.\nKiitos!\n\nEi tarvinnut kysyä"
    assert (one.channel, one.kind, one.language, one.source) == ("survey", "feedback", "fi", "survey")
    assert (one.score_kind, one.score, one.score_low, one.score_high) == ("nps", 9.0, 0.0, 10.0)
    assert one.occurred_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    told = SelfFeeling.objects.filter(interaction=one).order_by("pk")
    assert [(f.words, f.strength) for f in told] == [
        ("kuulluksi tuleminen", 3),
        ("ilo", 3),
        ("ihan kuin naapuri olisi auttanut", None),
    ]
    assert rows(one) == [
        ("words", "", None, None, None, "", "Kuski kantoi laudat pihaan asti.\nKiitos!"),
        ("again", "", 9, 0, 10, "", ""),
        ("again", "why", None, None, None, "", "Ei tarvinnut kysyä"),
        ("felt", "", 3, 1, 3, "heard joy", ""),
        ("felt", "own", None, None, None, "", ""),
    ]
    assert one.readings.count() == 1


def test_expectation_hot_and_choices_find_their_places() -> None:
    options = [{"key": "people", "text": {"fi": "ihmiset"}}, {"key": "goods", "text": {"fi": "tavara"}}]
    survey = a_survey(
        {
            "title": {"fi": "T"},
            "insisted": True,
            "questions": [
                {"key": "exp", "kind": "expectation"},
                {"key": "hot", "kind": "hot"},
                {"key": "ease", "kind": "ease"},
                {"key": "what", "kind": "choices", "text": {"fi": "Mikä?"}, "options": options},
                {"key": "story", "kind": "story_consent"},
            ],
        },
        languages=["fi"],
    )
    form = a_form(
        survey,
        exp="better",
        exp__words="Jonoa",
        hot__dream="Oma piha",
        hot__need="Apua kantamiseen",
        ease="2",
        what=["goods", "people"],
        story="no",
    )
    assert answer(survey, form) is Outcome.KEPT
    understood()
    one = Interaction.objects.get()
    assert (one.expectation, one.outcome, one.verbatim) == ("Jonoa", "better", "Oma piha\n\nApua kantamiseen")
    assert rows(one) == [
        ("exp", "", None, None, None, "better", ""),
        ("hot", "dream", None, None, None, "", "Oma piha"),
        ("hot", "need", None, None, None, "", "Apua kantamiseen"),
        ("ease", "", 2, 0, 2, "", ""),
        ("what", "", None, None, None, "people goods", ""),
        ("story", "", None, None, None, "no", ""),
    ]


def test_the_same_form_is_one_row_and_amended_words_a_newer_version() -> None:
    survey = a_survey()
    token = a_token(survey)
    first = a_form(survey, token, words="Hyvin meni")
    assert [answer(survey, first) for _again in range(3)] == [Outcome.KEPT] * 3
    assert Intake.objects.count() == 1
    understood()
    assert answer(survey, a_form(survey, token, words="Hyvin meni, paitsi ovi")) is Outcome.KEPT
    understood()
    older, newer = Interaction.objects.order_by("intake_id")
    assert (older.verbatim, newer.verbatim) == ("Hyvin meni", "Hyvin meni, paitsi ovi")
    assert newer.older_version == older


def test_a_version_that_was_missing_is_understood_once_it_is_there() -> None:
    survey = a_survey()
    first = survey.versions.get()
    number = first.pk + 1_000
    assert interpreting._asked(number) is None
    again = {"definition": first.definition, "languages": first.languages, "published_at": first.published_at}
    SurveyVersion.objects.create(pk=number, survey=survey, number=2, **again)
    found = interpreting._asked(number)
    assert found is not None
    assert found.definition == first.asks()


def test_an_answer_by_a_personal_link_is_of_somebody_and_the_newest_counts() -> None:
    survey = a_survey()
    contact = Contact.objects.create(name="Aino Esimerkki", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    Identity.objects.create(contact=contact, kind="contact", value=str(contact.pk))
    by = Personal(b"x" * 16, (("contact", str(contact.pk)),), {"invitation": 7})
    know_with(lambda link, _survey: by if link == "SEALED" else None)
    try:
        for words in ("Ensin näin", "Nyt toisin"):
            form = a_form(survey, a_token(survey), words=words, _personal="SEALED")
            assert answer(survey, form) is Outcome.KEPT
        assert answer(survey, a_form(survey, words="Vanha linkki", _personal="ENDED")) is Outcome.KEPT
    finally:
        _knowers.pop()
    understood()
    older, newer, nobody = Interaction.objects.order_by("intake_id")
    assert (older.contact, newer.contact, newer.older_version, nobody.contact) == (
        contact,
        contact,
        older,
        None,
    )
    assert b'"door":"personal"' in bytes(newer.intake.raw or b"")
    assert b'"invitation":7' in bytes(newer.intake.raw or b"")


def test_a_kiosk_tells_when_it_was_answered_and_each_answer_is_one() -> None:
    survey = a_survey()
    token = a_token(survey)
    when = "2026-11-20T10:00:00+02:00"
    for once in ("kiosk-0001", "kiosk-0002", "kiosk-0001"):
        form = a_form(survey, token, words="Kiva", _door="kiosk", _once=once, _at=when)
        assert answer(survey, form) is Outcome.KEPT
    understood()
    assert [one.occurred_at for one in Interaction.objects.all()] == [
        datetime(2026, 11, 20, 8, tzinfo=UTC)
    ] * 2


@pytest.mark.parametrize("why", ["filled the trap", "no token of ours", "faster than anybody reads"])
def test_a_suspected_robot_is_kept_aside_and_can_be_taken_up(why: str) -> None:
    survey = a_survey()
    token = a_token(survey, ago=0 if why == "faster than anybody reads" else 60)
    token = "1.fi.0.ffffffffffffffff.00" if why == "no token of ours" else token
    trap = "Bot" if why == "filled the trap" else ""
    form = a_form(survey, token, words="Olen ihminen", _name=trap)
    assert answer(survey, form) is Outcome.KEPT
    aside = Intake.objects.get()
    assert (aside.state, aside.reason) == (Intake.State.REJECTED, reception.ROBOT)
    understood()
    assert Interaction.objects.count() == 0
    assert take_up_again(survey=survey, intake_ids=[aside.pk], actor_id=None) == 1
    understood()
    assert Interaction.objects.get().verbatim == "Olen ihminen"


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ("again=11&_form={}", "outside_scale"),
        ("again=1&again=2&_form={}", "answered_twice"),
        ("felt=hunger&_form={}", "unknown_choice"),
        ("other=1&_form={}", "unknown_question"),
        ("words=%C3%28&_form={}", "not_a_form"),
    ],
)
def test_a_form_that_does_not_fit_is_kept_whole_with_the_reason(form: str, reason: str) -> None:
    survey = a_survey()
    sent = form.format(a_token(survey)).encode()
    assert answer(survey, sent) is Outcome.KEPT
    understood()
    row = Intake.objects.get()
    assert (row.state, row.reason) == (Intake.State.REJECTED, reason)
    assert bytes(row.raw or b"").endswith(sent)


def test_nothing_said_is_asked_again_and_nothing_is_stored() -> None:
    survey = a_survey()
    assert answer(survey, a_form(survey, words="  ", again="", felt__own="")) is Outcome.EMPTY
    assert Intake.objects.count() == 0


def test_a_required_question_is_asked_for() -> None:
    needed = {
        **DELIVERY,
        "questions": [DELIVERY["questions"][0], {"key": "n", "kind": "nps", "required": True}],
    }
    survey = a_survey(needed)
    taken = take(survey.key, a_form(survey, words="Hei"), address=HERE)
    assert (taken.outcome, taken.missing) == (Outcome.INCOMPLETE, ("n",))
    assert answer(survey, a_form(survey, words="Hei", n="0")) is Outcome.KEPT


def test_what_somebody_was_writing_when_it_closed_is_taken_in() -> None:
    survey = a_survey()
    form = a_form(survey, words="Ehdinhän?")
    close_survey(survey=survey, actor_id=None)
    assert answer(survey, form) is Outcome.KEPT


def test_an_answer_keeps_to_the_version_it_was_asked_in() -> None:
    survey = a_survey()
    form = a_form(survey, words="Vanhaan kysymykseen")
    survey.draft = {**DELIVERY, "questions": [{"key": "new", "kind": "words"}]}
    survey.save()
    publish_survey(survey=survey, actor_id=None)
    assert answer(survey, form) is Outcome.KEPT
    understood()
    assert Answer.objects.get().version.number == 1


def test_too_many_from_one_address_are_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "monotonic", lambda: 1_000.0)
    survey = a_survey()
    outcomes = [answer(survey, a_form(survey, words=f"Sana {n}")) for n in range(61)]
    assert outcomes == [Outcome.KEPT] * 60 + [Outcome.TOO_MANY]
    other = take(survey.key, a_form(survey, words="Muualta"), address="192.0.2.2")
    assert other.outcome is Outcome.KEPT


def test_a_flood_on_one_survey_leaves_another_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reception, "monotonic", lambda: 1_000.0)
    flooded, other = a_survey(), a_survey()
    monkeypatch.setattr(limits, "BY_SURVEY", Buckets(burst=30, a_second=1))
    outcomes = [
        take(flooded.key, a_form(flooded, words=f"Sana {n}"), address=f"198.51.100.{n}").outcome
        for n in range(40)
    ]
    assert outcomes == [Outcome.KEPT] * 30 + [Outcome.TOO_MANY] * 10
    assert take(other.key, a_form(other, words="Hei"), address="192.0.2.3").outcome is Outcome.KEPT


def test_versions_and_answers_never_change() -> None:
    survey = a_survey()
    answer(survey, a_form(survey, words="Hei", again="3"))
    understood()
    for statement in (
        "UPDATE channels_survey_surveyversion SET number = 9",
        "UPDATE channels_survey_surveyversion SET definition = '{}'",
        "DELETE FROM channels_survey_surveyversion",
        "UPDATE channels_survey_answer SET value = 10 WHERE value IS NOT NULL",
        "UPDATE channels_survey_answer SET words_to = 1 WHERE words_to IS NOT NULL",
        "DELETE FROM channels_survey_answer",
    ):
        with pytest.raises(DatabaseError, match="kept as written"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_database_refuses_half_facts() -> None:
    survey = a_survey()
    answer(survey, a_form(survey, words="Hei"))
    understood()
    one, version = Interaction.objects.get(), SurveyVersion.objects.get()
    common: dict[str, Any] = {"interaction": one, "version": version, "kind": "nps", "question": "x"}
    for wrong in (
        {},
        {"value": 3},
        {"value": 11, "low": 0, "high": 10},
        {"words_from": 1},
        {"words_from": 2, "words_to": 2},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.create(**common, **wrong)
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(state="closed")
    with pytest.raises(DatabaseError), transaction.atomic():
        Survey.objects.create(name="x", state="open", made_at=one.received_at)


def test_what_was_answered_goes_with_its_words_and_is_exported_before() -> None:
    survey = a_survey()
    contact = Contact.objects.create(name="Aino Esimerkki", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    Identity.objects.create(contact=contact, kind="contact", value=str(contact.pk))
    by = Personal(b"y" * 16, (("contact", str(contact.pk)),))
    know_with(lambda link, _survey: by)
    try:
        answer(survey, a_form(survey, words="Hei", again="3", _personal="x"))
    finally:
        _knowers.pop()
    understood()
    held = next(one for one in holdings() if one.room == "channels.survey").export(contact.pk)
    assert [(row["question"], row["value"], row["scale"], row["words"]) for row in held] == [
        ("Mitä haluaisit kertoa meille?", None, None, "Hei"),
        ("Kuinka mielelläsi suosittelisit meitä ystävälle?", 3, [0, 10], None),
    ]
    erase(kind="contact", number=contact.pk, reason=Reason.REQUEST, actor_id=None)
    assert Answer.objects.count() == 0
