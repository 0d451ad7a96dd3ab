"""From the intake row of an answer to one interaction, and what stands beside it."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from kalevi.channels.survey.answers import LONGEST_FEELING, BadAnswerError, Given, answers_in, fields_of
from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import Kind
from kalevi.channels.survey.models import SurveyVersion
from kalevi.channels.survey.raw import Circumstances, unpacked
from kalevi.channels.survey.reach import Left, left_in, written
from kalevi.guards.rows import insert_rows
from kalevi.interactions.models import Channel, Intake
from kalevi.interactions.preparing import storable
from kalevi.interactions.told import Score, Told, Understood
from kalevi.people.recognition import Person

BETWEEN = "\n\n"
_SCORES = (Kind.NPS, Kind.CSAT, Kind.CES)
_ANSWER = (
    "interaction_id",
    "version_id",
    "question",
    "part",
    "kind",
    "value",
    "low",
    "high",
    "choices",
    "words_from",
    "words_to",
)


class Asked(NamedTuple):
    """What a version asks, and where on the customer's way."""

    definition: Definition
    touchpoint: str


@lru_cache(maxsize=256)
def _known(version: int) -> Asked:
    # Raises where there is none: what is not there yet must not be remembered as missing.
    found = SurveyVersion.objects.select_related("survey__touchpoint").get(pk=version)
    touchpoint = found.survey.touchpoint
    return Asked(found.asks(), touchpoint.key if touchpoint else "")


def _asked(version: int) -> Asked | None:
    try:
        return _known(version)
    except SurveyVersion.DoesNotExist:
        return None


def forget_versions() -> None:
    """Forget what versions ask; for a database that was restored or emptied."""
    _known.cache_clear()


def interpret(rows: Sequence[Intake]) -> list[Understood]:
    """Understand answers; one that does not fit its survey is kept whole with the reason."""
    return [_understood(bytes(row.raw or b""), row.received_at) for row in rows]


def _understood(raw: bytes, received_at: datetime) -> Understood:
    try:
        how, form = unpacked(raw)
    except ValueError:
        return Understood(reason="not_an_answer")
    asked = _asked(how.version)
    if asked is None:
        return Understood(reason="unknown_version")
    try:
        fields = fields_of(form)
        given = answers_in(fields, asked.definition)
    except BadAnswerError as error:
        return Understood(reason=str(error))
    if not given:
        return Understood(reason="nothing_said")
    return Understood((_told(how, given, asked, received_at, left_in(written(fields))),))


def _told(
    how: Circumstances, given: Sequence[Given], asked: Asked, received_at: datetime, left: Left
) -> Told:
    words, places = _verbatim(given)
    feelings = list(_feelings(given, how.language))
    expected = next((one for one in given if one.kind is Kind.EXPECTATION), None)
    scored = next((one for one in given if one.kind in _SCORES and one.value is not None), None)
    value, scale = (scored.value, scored.scale) if scored else (None, None)
    return Told(
        _answered_at(how, received_at),
        words or None,
        channel=Channel.SURVEY.value,
        touchpoint=asked.touchpoint,
        language=how.language,
        person=_person(how, left),
        score=Score(scored.kind.value, float(value), float(scale[0]), float(scale[1]))
        if scored and value is not None and scale
        else None,
        expectation=expected.words or None if expected else None,
        outcome=expected.choices[0] if expected and expected.choices else "",
        feelings=tuple(told for told, _strength in feelings),
        strengths=tuple(strength for _told, strength in feelings),
        beside=(*_rows(how.version, given, places), *((left,) if any(left) else ())),
    )


def _person(how: Circumstances, left: Left) -> Person | None:
    identities = how.identities or left.identities
    return Person(identities, "", left.email, left.phone, how.language) if identities else None


def _answered_at(how: Circumstances, received_at: datetime) -> datetime:
    """Return when it was answered: never later than it was received."""
    try:
        said = datetime.fromisoformat(how.answered_at)
        return min(said.astimezone(UTC), received_at) if said.tzinfo else received_at
    except (ValueError, OverflowError):
        return received_at


def _verbatim(given: Sequence[Given]) -> tuple[str, list[tuple[int, int] | None]]:
    """Return all words in the order they were asked, and where each answer's words stand among them."""
    text, places = "", list[tuple[int, int] | None]()
    for one in given:
        words = "" if _stands_elsewhere(one) else storable(one.words) or ""
        if not words:
            places.append(None)
            continue
        text += BETWEEN if text else ""
        places.append((len(text), len(text) + len(words)))
        text += words
    return text, places


def _stands_elsewhere(one: Given) -> bool:
    """Whether its words are an expectation or the name of a feeling, which have places of their own."""
    is_feeling = one.kind is Kind.FEELING and len(one.words) <= LONGEST_FEELING
    return one.kind is Kind.EXPECTATION or is_feeling


def _feelings(given: Sequence[Given], language: str) -> Iterator[tuple[str, int | None]]:
    for one in given:
        if one.kind is Kind.FEELING and one.part == "own" and _stands_elsewhere(one):
            yield one.words, None
        elif one.kind is Kind.FEELING:
            yield from ((feeling_words()[key].texts.best(language), one.value) for key in one.choices)


def _rows(
    version: int, given: Sequence[Given], places: Sequence[tuple[int, int] | None]
) -> Iterator[tuple[object, ...]]:
    for one, place in zip(given, places, strict=True):
        low, high = one.scale or (None, None)
        first, last = place or (None, None)
        yield (
            version,
            one.question,
            one.part,
            one.kind.value,
            one.value,
            low,
            high,
            " ".join(one.choices),
            first,
            last,
        )


def keep(told: Sequence[tuple[int, tuple[object, ...]]]) -> None:
    """Store what stands beside interactions: answers with their questions, and what was left to reach."""
    rows: list[tuple[object, ...]] = []
    left: list[tuple[object, ...]] = []
    for number, beside in told:
        for row in beside:
            if isinstance(row, Left):
                left.append((number, row.phone, row.email))
            elif isinstance(row, tuple):
                rows.append((number, *row))
    insert_rows("channels_survey_answer", _ANSWER, rows)
    if left:
        insert_rows("channels_survey_reach", ("interaction_id", "phone", "email"), left)
