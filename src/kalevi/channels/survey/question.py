"""One question of a survey: what it is, read strictly from JSON and written back. No Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import FOLLOW_UP_SECONDS, OPEN, SCALES, WITH_OPTIONS, Kind, seconds, usual
from kalevi.channels.survey.texts import UNWRITTEN, DefinitionError, Texts

MOST_OPTIONS = 24
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")


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


def known_names(data: Any, place: str, names: set[str]) -> None:
    """Raise DefinitionError unless `data` is an object with none but these names."""
    if not isinstance(data, Mapping):
        raise DefinitionError(place or "survey", "not_an_object")
    for name in data:
        if name not in names:
            raise DefinitionError(_at(place, str(name)), "unknown_name")


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def texts_at(data: Mapping[str, Any], name: str, place: str, longest: int = 500) -> Texts:
    """Return the texts under a name, empty where they are absent. Raises DefinitionError."""
    return Texts.from_json(data.get(name, {}), _at(place, name), longest)


def flag_at(data: Mapping[str, Any], name: str, place: str) -> bool:
    """Return the flag under a name, False where it is absent. Raises DefinitionError."""
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


def question_from(data: Any, place: str) -> Question:
    """Read one question. Raises DefinitionError."""
    known_names(data, place, _QUESTION | {"one_field"})
    if "kind" not in data:
        raise DefinitionError(f"{place}.kind", "missing")
    try:
        kind = Kind(data["kind"])
    except ValueError:
        raise DefinitionError(f"{place}.kind", "unknown_kind") from None
    return Question(
        key=_key(data, place),
        kind=kind,
        text=texts_at(data, "text", place),
        help=texts_at(data, "help", place),
        options=_options(data, kind, place),
        low_text=texts_at(data, "low_text", place, 60),
        high_text=texts_at(data, "high_text", place, 60),
        required=flag_at(data, "required", place),
        follow_up=_follow_up(data["follow_up"], kind, f"{place}.follow_up")
        if data.get("follow_up") is not None
        else None,
        one_field=flag_at(data, "one_field", place),
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
        known_names(one, f"{place}[{n}]", {"key", "text"})
        key = _key(one, f"{place}[{n}]")
        if key in found:
            raise DefinitionError(f"{place}[{n}].key", "twice")
        if kind is Kind.FEELING and key not in feeling_words():
            raise DefinitionError(f"{place}[{n}].key", "unknown_feeling")
        text = texts_at(one, "text", f"{place}[{n}]", 200)
        found[key] = Option(key, feeling_words()[key].texts if kind is Kind.FEELING else text)
    return tuple(found.values())


def _follow_up(data: Any, kind: Kind, place: str) -> FollowUp:
    known_names(data, place, {"low", "high", "text"})
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
    return FollowUp(low, high, texts_at(data, "text", place))


def question_json(question: Question) -> dict[str, Any]:
    """Return what `question_from` reads; what is empty is left out."""
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
