"""What the demo's customers answered: surveys made of the ready ones, and a screen by the door."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from kalevi.channels.invitations.actions import begin_occasion
from kalevi.channels.kiosk.actions import hear_from_kiosk, make_feeling_survey, make_kiosk
from kalevi.channels.kiosk.receiving import Sent, receive
from kalevi.channels.survey.actions import draft_survey, publish_survey
from kalevi.channels.survey.models import Survey, SurveyVersion
from kalevi.channels.survey.raw import SOURCE, Circumstances, packed, scope_of
from kalevi.channels.survey.ready import ready_surveys
from kalevi.channels.survey.storing import Row, writer
from kalevi.channels.survey.texts import LANGUAGES
from kalevi.channels.widget.actions import allow_site
from kalevi.demo.clock import ZONE, is_open, moment
from kalevi.demo.customers import Customer
from kalevi.demo.written import written_answers
from kalevi.interactions.intake import digest
from kalevi.interactions.understanding import understand
from kalevi.journeys.models import Touchpoint
from kalevi.people.models import Colleague
from kalevi.shell.roles import LEADERS
from kalevi.text import Reader

# Ready survey -> where it is asked, and whether it asks for dreams, problems and needs in place of a score.
ASKED = {
    "delivery": ("delivery", False),
    "visit": ("recycling_yard", True),
    "year_after": ("after_end", False),
}
SCREEN, SCREEN_AT, SITE = "Tiskin kioski", "store_counter", "https://www.hylkikari.example"
# The newest days belong to the words that Today opens with.
_NEWEST, _LOOKED_BACK, _OPENED = timedelta(days=4), timedelta(days=200), timedelta(days=240)
_YEAR = timedelta(days=366)
_BETWEEN_TAPS = timedelta(hours=31)


def ask_customers(customers: Sequence[Customer], now: datetime, reader: Reader) -> int:
    """Publish the surveys and let customers answer them; return how many answers there are."""
    if Survey.objects.exists():
        return 0
    leader = Colleague.objects.here(LEADERS).order_by("pk")[0]
    answered = 0
    for key, (place, hot) in ASKED.items():
        touchpoint = Touchpoint.objects.get(key=place)
        survey, version = _published(key, touchpoint, hot, leader, now - _OPENED)
        moments = _after_the_end(customers, now) if key == "year_after" else _after(customers, place, now)
        answered += _answer(survey, version, written_answers()[key], moments)
        if key == "delivery":
            begin_occasion(touchpoint=touchpoint, survey=survey, wait_hours=24, share=30, actor=leader)
    answered += _tap(leader, now)
    allow_site(origin=SITE, actor_id=leader.pk)
    while understand(reader=reader, source=SOURCE):
        pass
    return answered


def _published(
    key: str, touchpoint: Touchpoint, hot: bool, leader: Colleague, at: datetime
) -> tuple[Survey, SurveyVersion]:
    ready = ready_surveys()[key]
    draft = ready.asks.to_json()
    if hot:
        kept = [one for one in draft["questions"] if one["kind"] != "csat"]
        draft = {**draft, "questions": [*kept, {"key": "hot", "kind": "hot"}]}
    survey = draft_survey(
        name=f"{ready.name.best('fi')}: {touchpoint.name_fi}"
        if hot and key == "visit"
        else ready.name.best("fi"),
        draft=draft,
        languages=LANGUAGES,
        actor_id=leader.pk,
        touchpoint=touchpoint,
        template=key,
        at=at,
    )
    return survey, publish_survey(survey=survey, actor_id=leader.pk, at=at)


def _answer(
    survey: Survey,
    version: SurveyVersion,
    answers: Sequence[Mapping[str, Any]],
    moments: Mapping[str, Iterator[tuple[Customer, datetime]]],
) -> int:
    """Store each answer as the survey's own door does; return how many there are."""
    for place, told in enumerate(answers):
        form = urlencode(told["form"], doseq=True).encode()
        customer, at = next(moments[told["language"]])
        how = Circumstances(
            version.pk, told["language"], door="personal", identities=(("customer", customer.number),)
        )
        identity = digest(b"demo", f"{survey.template} {place}".encode())
        writer.write(Row(scope_of(survey.pk), identity, digest(form), packed(how, form), at))
    return len(answers)


def _after(
    customers: Sequence[Customer], place: str, now: datetime
) -> dict[str, Iterator[tuple[Customer, datetime]]]:
    """Return, by language, who came to a place of late and when they told of it, spread over the months."""
    found = []
    for customer in customers:
        times = [one.at for one in customer.happened if one.touchpoint == place and not one.text]
        recent = [at for at in times if now - _LOOKED_BACK < at < now - _NEWEST - timedelta(days=3)]
        if recent and not customer.in_peace_since:
            found.append((customer, recent[-1]))
    return _spread(found, now)


def _after_the_end(
    customers: Sequence[Customer], now: datetime
) -> dict[str, Iterator[tuple[Customer, datetime]]]:
    """Return, by language, who left a year ago and wishes no peace, and when they told of it."""
    left = [
        (customer, customer.ends_at + _YEAR)
        for customer in customers
        if customer.ends_at and not customer.returns_at and not customer.in_peace_since
    ]
    return _spread([(one, at) for one, at in left if at < now - _NEWEST - timedelta(days=3)], now)


def _spread(
    found: Sequence[tuple[Customer, datetime]], now: datetime
) -> dict[str, Iterator[tuple[Customer, datetime]]]:
    return {language: _told(found, language, now) for language in LANGUAGES}


def _told(
    found: Sequence[tuple[Customer, datetime]], language: str, now: datetime
) -> Iterator[tuple[Customer, datetime]]:
    mine = [one for one in found if one[0].language == language]
    mine.sort(key=lambda one: Random(one[0].number).random())
    for customer, at in mine:
        chance = Random(f"answer {customer.number}")
        day: date = (at + timedelta(days=chance.randint(1, 3))).astimezone(ZONE).date()
        yield customer, min(moment(day, "survey", chance), now - _NEWEST)


def _tap(leader: Colleague, now: datetime) -> int:
    """Put a screen by the counter, and let people tap it in opening hours; return how many did."""
    touchpoint = Touchpoint.objects.get(key=SCREEN_AT)
    survey = make_feeling_survey(
        name="Miltä käynti tuntui?", touchpoint=touchpoint, actor_id=leader.pk, at=now - _OPENED
    )
    kiosk = make_kiosk(name=SCREEN, survey=survey, reset_after=20, actor_id=leader.pk)
    version = survey.versions.get()
    taps = written_answers()["kiosk"]
    for place, told in enumerate(taps):
        at = _tapped_at(now - _NEWEST - place * _BETWEEN_TAPS, Random(f"tap {place}"))
        sent = Sent(
            uuid5(NAMESPACE_URL, f"{SITE}/{place}"),
            version.pk,
            told["language"],
            told["feeling"],
            told["words"],
            at.isoformat(),
        )
        receive(kiosk=kiosk, sent=sent, at=at)
    hear_from_kiosk(kiosk=kiosk, waiting=0, at=now)
    return len(taps)


def _tapped_at(latest: datetime, chance: Random) -> datetime:
    """Return a moment in opening hours, on the last open day before `latest`."""
    day = latest.astimezone(ZONE).date() - timedelta(days=1)
    while not is_open(day):
        day -= timedelta(days=1)
    return moment(day, "counter", chance)
