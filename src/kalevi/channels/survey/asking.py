"""A version as its page shows it: each question with its fields in one language, and what is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kalevi.channels.survey.definition import Definition, Question
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import HOT_PARTS, OUTCOMES, STRENGTHS, Kind, usual

_LONGEST = 5_000
# Shape beside a word that none of the eight stands beside.
_SHAPES = {"good": "positive", "bad": "negative", "open": "neutral"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: `shape` and `tone` belong to a feeling."""

    value: str
    label: str
    chosen: bool
    shape: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field for words."""

    name: str
    label: str
    text: str
    longest: int = _LONGEST


@dataclass(frozen=True, slots=True)
class Shown:
    """One question on the page; `look` says how it is set, `choices` name the fields `key`."""

    key: str
    look: str
    asked: str
    help: str
    required: bool
    choices: tuple[Choice, ...] = ()
    low: str = ""
    high: str = ""
    fields: tuple[Field, ...] = ()
    strengths: tuple[Choice, ...] = ()
    second: str = ""
    missing: bool = False
    whys: tuple[str, ...] = ()


Fields = Mapping[str, Sequence[str]]


def shown(asked: Definition, language: str, fields: Fields, missing: Sequence[str] = ()) -> list[Shown]:
    """Return the questions as they are shown, filled with what `fields` hold already."""
    return [_shown(question, language, fields, question.key in missing) for question in asked.questions]


def _shown(question: Question, language: str, fields: Fields, missing: bool) -> Shown:
    common: dict[str, Any] = {
        "key": question.key,
        "asked": question.asked(language),
        "help": question.help.best(language),
        "required": question.required,
        "missing": missing,
    }
    return Shown(**common, **_LOOKS[question.kind](question, language, fields))


def _written(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _field(question: Question, name: str, label: str, fields: Fields, longest: int = _LONGEST) -> Field:
    whole = f"{question.key}.{name}" if name else question.key
    return Field(whole, label, _written(fields, whole), longest)


def _usual(key: str, language: str) -> str:
    return usual()[key].text.best(language)


def _numbers(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    low, high = question.scale or (0, 0)
    known = usual()[question.kind]
    chosen = _written(fields, question.key)
    return {
        "look": "numbers",
        "choices": tuple(Choice(str(n), str(n), chosen == str(n)) for n in range(low, high + 1)),
        "low": (question.low_text or known.low).best(language),
        "high": (question.high_text or known.high).best(language),
        **_why(question, language, fields),
    }


def _why(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    if question.follow_up is None or question.scale is None:
        return {}
    label = question.follow_up.text.best(language) or _usual("why", language)
    values = range(question.scale[0], question.scale[1] + 1)
    return {
        "fields": (_field(question, "why", label, fields),),
        "whys": tuple(str(value) for value in values if question.follow_up.asks(value)),
    }


def _steps(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    answers = usual()[question.kind].answers
    return {
        "look": "steps",
        "choices": _choices(
            {key: text.best(language) for key, text in answers.items()}, question.key, fields
        ),
        **_why(question, language, fields),
    }


def _choices(labels: Mapping[str, str], name: str, fields: Fields) -> tuple[Choice, ...]:
    chosen = fields.get(name, ())
    return tuple(Choice(value, label, value in chosen) for value, label in labels.items())


def _feeling(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    keys = [option.key for option in question.options] or list(feeling_words())
    chosen, strength = fields.get(question.key, ()), _written(fields, f"{question.key}.strength")
    words = [feeling_words()[key] for key in keys]
    return {
        "look": "feelings",
        "choices": tuple(
            Choice(
                word.key,
                word.texts.best(language),
                word.key in chosen,
                word.plutchik or _SHAPES[word.tone],
                word.plutchik or word.tone,
            )
            for word in words
        ),
        "strengths": tuple(Choice(str(n), "", strength == str(n)) for n in STRENGTHS),
        "fields": (_field(question, "own", "", fields, 200),),
    }


def _expectation(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    answers = usual()[Kind.EXPECTATION].answers
    labels = {key: answers[key].best(language) for key in OUTCOMES}
    return {
        "look": "expectation",
        "fields": (_field(question, "words", question.asked(language), fields),),
        "second": _usual("expectation_outcome", language),
        "choices": _choices(labels, question.key, fields),
    }


def _hot(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    if question.one_field:
        return {"look": "words", "fields": (_field(question, "words", question.asked(language), fields),)}
    parts = (_field(question, part, _usual(f"hot_{part}", language), fields) for part in HOT_PARTS)
    return {"look": "hot", "fields": tuple(parts)}


def _words(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    return {"look": "words", "fields": (_field(question, "", question.asked(language), fields),)}


def _options(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    labels = {option.key: option.text.best(language) for option in question.options}
    return {"look": question.kind.value, "choices": _choices(labels, question.key, fields)}


def _consent(question: Question, language: str, fields: Fields) -> dict[str, Any]:
    answers = usual()[Kind.STORY_CONSENT].answers
    labels = {key: text.best(language) for key, text in answers.items()}
    return {"look": "steps", "choices": _choices(labels, question.key, fields)}


_LOOKS = {
    Kind.NPS: _numbers,
    Kind.CSAT: _numbers,
    Kind.CES: _numbers,
    Kind.HEARD: _steps,
    Kind.SUCCESS: _steps,
    Kind.EASE: _steps,
    Kind.FEELING: _feeling,
    Kind.EXPECTATION: _expectation,
    Kind.HOT: _hot,
    Kind.WORDS: _words,
    Kind.CHOICE: _options,
    Kind.CHOICES: _options,
    Kind.STORY_CONSENT: _consent,
}
