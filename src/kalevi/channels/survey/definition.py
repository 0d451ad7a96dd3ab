"""What a survey asks: plain frozen values, read strictly from JSON and written back. No Django.

    {"title": {"fi": "…"}, "thanks": {"fi": "…"}, "insisted": false, "questions": [
       {"key": "why", "kind": "words", "text": {"fi": "…"}},
       {"key": "again", "kind": "nps", "follow_up": {"low": 6, "high": 9}}]}

Fields of the form, and so names in an answer (`answers.py` reads them): `KEY` is the number or the chosen
keys, or the words of a `words` question; `KEY.words` what was expected, or the one field of a `hot`
question; `KEY.dream`, `KEY.problem`, `KEY.need` its three; `KEY.strength` and `KEY.own` belong to a
feeling; `KEY.why` is the follow-up. A survey never asks for a name or an address.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import (
    FOLLOW_UP_SECONDS,
    OPEN,
    READY_SECONDS,
    SCALES,
    WITH_OPTIONS,
    Kind,
    seconds,
    usual,
)
from kalevi.channels.survey.texts import LANGUAGES, UNWRITTEN, DefinitionError, Texts

__all__ = ["FAULTS", "LANGUAGES", "MOST_QUESTIONS", "Definition", "DefinitionError", "FollowUp", "Kind"]
__all__ += ["Option", "Question", "Texts"]
MOST_QUESTIONS, MOST_INSISTED, MOST_OPTIONS = 3, 12, 24
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
FAULTS = {
    "not_an_object": "It must be an object.",
    "unknown_name": "There is no such name here.",
    "missing": "It is missing.",
    "not_texts": "It must hold texts by language.",
    "not_text": "It must be text.",
    "too_long": "The text is too long.",
    "unknown_language": "The languages are fi, sv and en.",
    "not_a_key": "A key is small letters, digits and underscores, at most 30, and begins with a letter.",
    "twice": "The same key is there twice.",
    "unknown_kind": "There is no such kind of question.",
    "unknown_feeling": "There is no such feeling in the table of feelings.",
    "too_few_options": "A choice needs at least two options.",
    "too_many_options": "There are too many options.",
    "no_options_here": "This kind of question has no options of its own.",
    "no_follow_up_here": "Only a question with a scale can ask why.",
    "outside_scale": "The number is outside the scale.",
    "follow_up_never": "Say at which low or high value to ask why.",
    "low_above_high": "The low end must be below the high end.",
    "not_yes_or_no": "It must be true or false.",
    "not_a_number": "It must be a whole number.",
    "no_questions": "There is no question.",
    "too_many_questions": "At most three questions, unless somebody insists.",
    "no_words": "Give the customer room for words of their own.",
    "words_buried": "The first open question comes first, or directly after one scale.",
    "not_written": "This text is not written in every language of the survey.",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    key: str
    text: Texts


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Asks why where the value is `low` or less, or `high` or more; empty text: the usual one."""

    low: int | None
    high: int | None
    text: Texts = UNWRITTEN

    def asks(self, value: float | None) -> bool:
        """Whether a value is asked about."""
        if value is None:
            return False
        return (self.low is not None and value <= self.low) or (self.high is not None and value >= self.high)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Empty texts stand for the usual ones of its kind (`kinds.usual`).

    `options` are for choice and choices; for feeling they are keys of the feeling table (none: all words).
    `low_text` and `high_text` stand at the ends of a scale. `one_field` makes a hot question one field.
    """

    key: str
    kind: Kind
    text: Texts = UNWRITTEN
    help: Texts = UNWRITTEN
    options: tuple[Option, ...] = ()
    low_text: Texts = UNWRITTEN
    high_text: Texts = UNWRITTEN
    required: bool = False
    follow_up: FollowUp | None = None
    one_field: bool = False

    @property
    def scale(self) -> tuple[int, int] | None:
        """Lowest and highest value; None for a question without a scale."""
        return SCALES.get(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether words of one's own answer it."""
        return self.kind in OPEN

    @property
    def seconds(self) -> int:
        """About how long it takes to answer."""
        why = FOLLOW_UP_SECONDS if self.follow_up else 0
        return seconds(self.kind) // (2 if self.one_field else 1) + why

    def asked(self, language: str) -> str:
        """Return the question in a language: its own text, else the usual one."""
        known = usual().get(self.kind)
        return self.text.written(language) or (
            known.text.best(language) if known else self.text.best(language)
        )


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole survey as it is asked. `lead` stands under the title, `thanks` on the page after."""

    title: Texts
    questions: tuple[Question, ...]
    lead: Texts = UNWRITTEN
    thanks: Texts = UNWRITTEN
    insisted: bool = False

    @property
    def seconds(self) -> int:
        """About how many seconds answering takes."""
        return READY_SECONDS + sum(question.seconds for question in self.questions)

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """Read a survey. Raises DefinitionError with the place and the fault."""
        _known(data, "", {"title", "questions", "lead", "thanks", "insisted"})
        listed = data.get("questions")
        if not isinstance(listed, list) or not listed:
            raise DefinitionError("questions", "no_questions")
        found = cls(
            title=_texts(data, "title", ""),
            questions=tuple(_question(one, f"questions[{n}]") for n, one in enumerate(listed)),
            lead=_texts(data, "lead", "", 1_000),
            thanks=_texts(data, "thanks", "", 1_000),
            insisted=_flag(data, "insisted", ""),
        )
        found._check()
        return found

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads; what is empty is left out."""
        texts = {"title": self.title, "lead": self.lead, "thanks": self.thanks}
        return {
            **{name: text.to_json() for name, text in texts.items() if text or name == "title"},
            **({"insisted": True} if self.insisted else {}),
            "questions": [_written(question) for question in self.questions],
        }

    def question(self, key: str) -> Question | None:
        """Return the question with a key."""
        return next((one for one in self.questions if one.key == key), None)

    def _check(self) -> None:
        most = MOST_INSISTED if self.insisted else MOST_QUESTIONS
        if len(self.questions) > most:
            raise DefinitionError("questions", "too_many_questions")
        seen: set[str] = set()
        for n, question in enumerate(self.questions):
            if question.key in seen:
                raise DefinitionError(f"questions[{n}].key", "twice")
            seen.add(question.key)
        place = next((n for n, one in enumerate(self.questions) if one.is_open), None)
        if place is None:
            raise DefinitionError("questions", "no_words")
        if place > 1 or (place == 1 and self.questions[0].scale is None):
            raise DefinitionError(f"questions[{place}]", "words_buried")

    def check_written(self, languages: Iterable[str]) -> None:
        """Raise DefinitionError for the first text that a survey in these languages still lacks."""
        languages = tuple(languages)
        for place, text in self._needed():
            if lacking := text.missing(languages):
                raise DefinitionError(f"{place}.{lacking[0]}", "not_written")

    def _needed(self) -> Iterable[tuple[str, Texts]]:
        yield "title", self.title
        yield from ((name, text) for name, text in (("lead", self.lead), ("thanks", self.thanks)) if text)
        for n, one in enumerate(self.questions):
            place = f"questions[{n}]"
            if one.text or one.kind.value not in usual():
                yield f"{place}.text", one.text
            for name, text in (("help", one.help), ("low_text", one.low_text), ("high_text", one.high_text)):
                if text:
                    yield f"{place}.{name}", text
            if one.kind is not Kind.FEELING:
                yield from ((f"{place}.options[{m}].text", o.text) for m, o in enumerate(one.options))
            if one.follow_up and one.follow_up.text:
                yield f"{place}.follow_up.text", one.follow_up.text


def _known(data: Any, place: str, names: set[str]) -> None:
    if not isinstance(data, Mapping):
        raise DefinitionError(place or "survey", "not_an_object")
    for name in data:
        if name not in names:
            raise DefinitionError(_at(place, str(name)), "unknown_name")


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _texts(data: Mapping[str, Any], name: str, place: str, longest: int = 500) -> Texts:
    return Texts.from_json(data.get(name, {}), _at(place, name), longest)


def _flag(data: Mapping[str, Any], name: str, place: str) -> bool:
    value = data.get(name, False)
    if not isinstance(value, bool):
        raise DefinitionError(_at(place, name), "not_yes_or_no")
    return value


def _key(data: Mapping[str, Any], place: str) -> str:
    key = data.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise DefinitionError(f"{place}.key", "missing" if key is None else "not_a_key")
    return key


_QUESTION = {"key", "kind", "text", "help", "options", "low_text", "high_text", "required", "follow_up"}


def _question(data: Any, place: str) -> Question:
    _known(data, place, _QUESTION | {"one_field"})
    if "kind" not in data:
        raise DefinitionError(f"{place}.kind", "missing")
    try:
        kind = Kind(data["kind"])
    except ValueError:
        raise DefinitionError(f"{place}.kind", "unknown_kind") from None
    return Question(
        key=_key(data, place),
        kind=kind,
        text=_texts(data, "text", place),
        help=_texts(data, "help", place),
        options=_options(data, kind, place),
        low_text=_texts(data, "low_text", place, 60),
        high_text=_texts(data, "high_text", place, 60),
        required=_flag(data, "required", place),
        follow_up=_follow_up(data["follow_up"], kind, f"{place}.follow_up")
        if data.get("follow_up") is not None
        else None,
        one_field=_flag(data, "one_field", place),
    )


def _options(data: Mapping[str, Any], kind: Kind, place: str) -> tuple[Option, ...]:
    listed = data.get("options", [])
    place = f"{place}.options"
    if not isinstance(listed, list):
        raise DefinitionError(place, "not_an_object")
    if listed and kind not in WITH_OPTIONS | {Kind.FEELING}:
        raise DefinitionError(place, "no_options_here")
    if len(listed) > MOST_OPTIONS:
        raise DefinitionError(place, "too_many_options")
    if kind in WITH_OPTIONS and len(listed) < 2:
        raise DefinitionError(place, "too_few_options")
    found: dict[str, Option] = {}
    for n, one in enumerate(listed):
        _known(one, f"{place}[{n}]", {"key", "text"})
        key = _key(one, f"{place}[{n}]")
        if key in found:
            raise DefinitionError(f"{place}[{n}].key", "twice")
        if kind is Kind.FEELING and key not in feeling_words():
            raise DefinitionError(f"{place}[{n}].key", "unknown_feeling")
        text = _texts(one, "text", f"{place}[{n}]", 200)
        found[key] = Option(key, feeling_words()[key].texts if kind is Kind.FEELING else text)
    return tuple(found.values())


def _follow_up(data: Any, kind: Kind, place: str) -> FollowUp:
    _known(data, place, {"low", "high", "text"})
    scale = SCALES.get(kind)
    if scale is None:
        raise DefinitionError(place, "no_follow_up_here")
    ends: list[int | None] = []
    for name in ("low", "high"):
        end = data.get(name)
        if end is not None and (not isinstance(end, int) or isinstance(end, bool)):
            raise DefinitionError(f"{place}.{name}", "not_a_number")
        if end is not None and not scale[0] <= end <= scale[1]:
            raise DefinitionError(f"{place}.{name}", "outside_scale")
        ends.append(end)
    low, high = ends
    if low is None and high is None:
        raise DefinitionError(place, "follow_up_never")
    if low is not None and high is not None and low >= high:
        raise DefinitionError(place, "low_above_high")
    return FollowUp(low, high, _texts(data, "text", place))


def _written(question: Question) -> dict[str, Any]:
    written: dict[str, Any] = {"key": question.key, "kind": question.kind.value}
    for name in ("text", "help", "low_text", "high_text"):
        if text := getattr(question, name):
            written[name] = text.to_json()
    if question.options:
        feeling = question.kind is Kind.FEELING
        written["options"] = [
            {"key": one.key} if feeling else {"key": one.key, "text": one.text.to_json()}
            for one in question.options
        ]
    for name in ("required", "one_field"):
        if getattr(question, name):
            written[name] = True
    if why := question.follow_up:
        ends = {name: end for name, end in (("low", why.low), ("high", why.high)) if end is not None}
        written["follow_up"] = {**ends, **({"text": why.text.to_json()} if why.text else {})}
    return written
