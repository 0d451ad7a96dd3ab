"""What a form tells, by the survey it was filled in for: plain values out of raw bytes. No Django.

The fields are named as `definition` says. A form that does not fit its survey raises BadAnswerError with the
key of the reason; it is kept whole by whoever received it, and read again when somebody has mended why.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from kalevi.channels.survey.definition import Definition, Question
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import HOT_PARTS, OUTCOMES, STRENGTHS, WITH_OPTIONS, Kind

MOST_FIELDS, MOST_BYTES, LONGEST_FEELING = 200, 256 * 1024, 200
# Fields of ours begin so: the token of the form, the trap for robots, how the form was reached.
OURS = "_"
_SUFFIXES: dict[Kind, tuple[str, ...]] = {
    Kind.FEELING: ("own", "strength"),
    Kind.EXPECTATION: ("words",),
    Kind.HOT: ("words", *HOT_PARTS),
}


class BadAnswerError(ValueError):
    """A form that does not fit: its argument is the key of the reason, never what was written."""


class Given(NamedTuple):
    """One answer to one question. `words` are the customer's; see `models.Answer` for the rest.

    With the kind "expectation" the words are what was expected, and `choices` the outcome; with "feeling"
    and part "own" they are a feeling in words of one's own.
    """

    question: str
    kind: Kind
    part: str = ""
    value: int | None = None
    scale: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()
    words: str = ""


Fields = Mapping[str, Sequence[str]]


def fields_of(body: bytes) -> dict[str, list[str]]:
    """Return the fields of a form as browsers send it. Raises BadAnswerError."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except ValueError as error:
        raise BadAnswerError("not_a_form") from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return found


def answers_in(fields: Fields, asked: Definition) -> tuple[Given, ...]:
    """Return what was answered, in the order it was asked; empty where nothing was. Raises BadAnswerError."""
    known = {name for question in asked.questions for name in _names(question)}
    if any(name not in known for name in fields if not name.startswith(OURS)):
        raise BadAnswerError("unknown_question")
    return tuple(one for question in asked.questions for one in _given(question, fields))


def unanswered(given: Sequence[Given], asked: Definition) -> list[str]:
    """Return the keys of questions that have to be answered and were not."""
    answered = {one.question for one in given}
    return [
        question.key for question in asked.questions if question.required and question.key not in answered
    ]


def _names(question: Question) -> Iterator[str]:
    yield question.key
    yield from (f"{question.key}.{name}" for name in _SUFFIXES.get(question.kind, ()))
    if question.scale:
        yield f"{question.key}.why"


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    if len(values) > 1:
        raise BadAnswerError("answered_twice")
    return values[0].strip() if values else ""


def _given(question: Question, fields: Fields) -> Iterator[Given]:
    key, kind = question.key, question.kind
    if question.scale:
        yield from _scaled(question, fields)
    elif kind is Kind.WORDS:
        if words := _one(fields, key):
            yield Given(key, kind, words=words)
    elif kind is Kind.FEELING:
        yield from _feeling(question, fields)
    elif kind is Kind.EXPECTATION:
        outcome, words = _one(fields, key), _one(fields, f"{key}.words")
        if outcome and outcome not in OUTCOMES:
            raise BadAnswerError("unknown_choice")
        if outcome or words:
            yield Given(key, kind, choices=(outcome,) if outcome else (), words=words)
    elif kind is Kind.HOT:
        for part in ("words", *HOT_PARTS):
            if words := _one(fields, f"{key}.{part}"):
                yield Given(key, kind, part="" if part == "words" else part, words=words)
    elif kind is Kind.STORY_CONSENT:
        if (said := _one(fields, key)) not in ("", "yes", "no"):
            raise BadAnswerError("unknown_choice")
        if said:
            yield Given(key, kind, choices=(said,))
    elif kind in WITH_OPTIONS:
        chosen = _chosen(fields, key, [option.key for option in question.options])
        if kind is Kind.CHOICE and len(chosen) > 1:
            raise BadAnswerError("answered_twice")
        if chosen:
            yield Given(key, kind, choices=chosen)


def _scaled(question: Question, fields: Fields) -> Iterator[Given]:
    scale = question.scale or (0, 0)
    value: int | None = None
    if text := _one(fields, question.key):
        if not (text.isascii() and text.isdigit() and len(text) < 4 and scale[0] <= int(text) <= scale[1]):
            raise BadAnswerError("outside_scale")
        value = int(text)
        yield Given(question.key, question.kind, value=value, scale=scale)
    # Browsers that hide no field send it with every value: what was written counts, asked or not.
    if words := _one(fields, f"{question.key}.why"):
        yield Given(question.key, question.kind, part="why", words=words)


def _feeling(question: Question, fields: Fields) -> Iterator[Given]:
    key = question.key
    order = [option.key for option in question.options] or list(feeling_words())
    chosen = _chosen(fields, key, order)
    strength = _one(fields, f"{key}.strength")
    if strength and strength not in map(str, STRENGTHS):
        raise BadAnswerError("outside_scale")
    if chosen:
        value = int(strength) if strength else None
        scale = (STRENGTHS[0], STRENGTHS[-1]) if strength else None
        yield Given(key, Kind.FEELING, value=value, scale=scale, choices=chosen)
    if own := _one(fields, f"{key}.own"):
        yield Given(key, Kind.FEELING, part="own", words=own)


def _chosen(fields: Fields, name: str, order: Sequence[str]) -> tuple[str, ...]:
    chosen = {value for value in fields.get(name, ()) if value}
    if chosen - set(order):
        raise BadAnswerError("unknown_choice")
    return tuple(key for key in order if key in chosen)
