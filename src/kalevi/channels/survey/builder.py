"""A draft while it is being written: read from the form as typed, changed step by step, and looked over.

A draft has the shape that `Definition.from_json` reads, but may be unfinished: what is typed is kept in
any case, and `faults` says what still stands in the way. Names of fields are the places of the faults,
such as `questions[1].text.sv`. No Django.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kalevi.channels.survey.definition import LANGUAGES, Definition, DefinitionError, Question
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import WITH_OPTIONS, Kind
from kalevi.channels.survey.question import MOST_OPTIONS

Draft = dict[str, Any]
Fields = Mapping[str, Sequence[str]]
_TEXTS = ("text", "help", "low_text", "high_text")
_PROBE = {"key": "probe", "kind": "words"}
_DOTS = dict.fromkeys(LANGUAGES, "…")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that stands in the way: its place in the draft and a key of `definition.FAULTS`."""

    place: str
    key: str


def draft_of(fields: Fields) -> Draft:
    """Return the draft as it is typed in the form; what is empty is left out."""
    draft: Draft = {name: texts for name in ("title", "lead", "thanks") if (texts := _texts(fields, name))}
    if "insisted" in fields:
        draft["insisted"] = True
    kept: list[Draft] = []
    for place, key in enumerate(fields.get("question", ())):
        if key not in {one["key"] for one in kept}:
            kept.append(_question(fields, f"questions[{place}]", key))
    return {**draft, "questions": kept}


def _first(fields: Fields, name: str) -> str:
    return next(iter(fields.get(name, ())), "")


def _texts(fields: Fields, place: str) -> dict[str, str]:
    return {code: text for code in LANGUAGES if (text := _first(fields, f"{place}.{code}"))}


def _question(fields: Fields, place: str, key: str) -> Draft:
    kind = _first(fields, f"{place}.kind")
    found: Draft = {"key": key, "kind": kind if kind in set(Kind) else Kind.WORDS.value}
    found |= {name: texts for name in _TEXTS if (texts := _texts(fields, f"{place}.{name}"))}
    found |= {name: True for name in ("required", "one_field") if f"{place}.{name}" in fields}
    if kind == Kind.FEELING:
        chosen = set(fields.get(f"{place}.feeling", ()))
        words = [word for word in feeling_words() if word in chosen]
        if 0 < len(words) < len(feeling_words()):
            found["options"] = [{"key": word} for word in words]
    elif kind in WITH_OPTIONS:
        keys = list(dict.fromkeys(fields.get(f"{place}.option", ())))
        found["options"] = [
            {"key": one, "text": _texts(fields, f"{place}.options[{n}].text")} for n, one in enumerate(keys)
        ]
    ends = {end: _first(fields, f"{place}.follow_up.{end}") for end in ("low", "high")}
    why: Draft = {end: int(value) for end, value in ends.items() if value.isdecimal() and len(value) < 3}
    if texts := _texts(fields, f"{place}.follow_up.text"):
        why["text"] = texts
    return found | ({"follow_up": why} if why else {})


# Steps -------------------------------------------------------------------------------------------------


def new_key(wanted: str, used: Collection[str]) -> str:
    """Return a key nobody used: answers are kept by it, so that an old one must never mean something new."""
    return next(key for n in range(1, 10_000) if (key := f"{wanted}_{n}" if n > 1 else wanted) not in used)


def added(draft: Draft, kind: Kind, used: Collection[str]) -> str:
    """Put a question of a kind last; return its key. `used` are keys of the questions asked before."""
    key = new_key(kind.value, {*used, *(one["key"] for one in draft["questions"])})
    question: Draft = {"key": key, "kind": kind.value}
    if kind in WITH_OPTIONS:
        question["options"] = [{"key": "option", "text": {}}, {"key": "option_2", "text": {}}]
    draft["questions"].append(question)
    return key


def moved(draft: Draft, key: str, by: int) -> None:
    """Move a question up (-1) or down (1); the ends stay."""
    listed = draft["questions"]
    place = next((n for n, one in enumerate(listed) if one["key"] == key), None)
    if place is not None and 0 <= place + by < len(listed):
        listed.insert(place + by, listed.pop(place))


def removed(draft: Draft, key: str) -> tuple[int, Draft] | None:
    """Take a question out; return where it was and itself, to be put back, or None if it is not there."""
    for place, one in enumerate(draft["questions"]):
        if one["key"] == key:
            return place, draft["questions"].pop(place)
    return None


def with_option(draft: Draft, key: str, used: Collection[str]) -> None:
    """Give a question one more option, empty yet, up to `MOST_OPTIONS`."""
    for one in _options_of(draft, key):
        if len(one) >= MOST_OPTIONS:
            continue
        one.append({"key": new_key("option", {*used, *(each["key"] for each in one)}), "text": {}})


def without_option(draft: Draft, key: str, option: str) -> None:
    """Take one option from a question."""
    for one in _options_of(draft, key):
        one[:] = [each for each in one if each["key"] != option]


def moved_option(draft: Draft, key: str, option: str, by: int) -> None:
    """Move an option of a question up (-1) or down (1); the ends stay."""
    for listed in _options_of(draft, key):
        place = next((n for n, one in enumerate(listed) if one["key"] == option), None)
        if place is not None and 0 <= place + by < len(listed):
            listed.insert(place + by, listed.pop(place))


def _options_of(draft: Draft, key: str) -> Iterable[list[Draft]]:
    return [one.setdefault("options", []) for one in draft["questions"] if one["key"] == key]


# Looking over ------------------------------------------------------------------------------------------


def shown_meanwhile(draft: Draft) -> Definition:
    """Return what can be shown of a draft, finished or not: faulty parts are left out."""
    common = {"questions": [_PROBE], "insisted": True}
    parts = {name: draft.get(name, {}) for name in ("title", "lead", "thanks")}
    whole = {name: value for name, value in parts.items() if not _fault({name: value, **common})}
    questions: list[Question] = []
    for one in draft.get("questions", []):
        kept = next(
            (each for each in _milder(one) if not _fault({**common, "questions": [_PROBE, each]})), None
        )
        if kept is not None:
            questions += Definition.from_json({**common, "questions": [_PROBE, kept]}).questions[1:]
    bare = Definition.from_json({**common, **whole})
    return Definition(
        bare.title, tuple(questions), bare.lead, bare.thanks, insisted=draft.get("insisted") is True
    )


def _milder(question: Draft) -> Iterable[Draft]:
    """Yield a question, then milder forms of it that can be shown while it is unfinished."""
    yield question
    bare = {name: value for name, value in question.items() if name != "follow_up"}
    yield bare
    if question.get("kind") in WITH_OPTIONS:
        options = [*question.get("options", []), {"key": "one", "text": _DOTS}, {"key": "two", "text": _DOTS}]
        yield {**bare, "options": options[: max(2, len(options) - 2)][:24]}
    yield {"key": question.get("key"), "kind": question.get("kind")}


def faults(draft: Draft, languages: Sequence[str]) -> list[Fault]:
    """Return everything that keeps a draft from being asked in these languages, in the page's order."""
    found = [] if languages else [Fault("languages", "missing")]
    common = {"questions": [_PROBE], "insisted": True}
    for name in ("title", "lead", "thanks"):
        part = {name: draft.get(name, {})}
        found += _all_faults(lambda part: {**common, "title": _DOTS, **part}, part, "", languages)
    for place, one in enumerate(draft.get("questions", [])):
        found += _all_faults(
            lambda part: {**common, "title": _DOTS, "questions": [_PROBE, part]},
            one,
            f"questions[{place}]",
            languages,
        )
    whole = shown_meanwhile(draft).to_json() | {"title": _DOTS}
    found += filter(None, (_fault(whole), _fault({**whole, "insisted": True})))
    return [one for n, one in enumerate(found) if one not in found[:n]]


def _all_faults(
    wrapped: Callable[[Draft], Draft], part: Draft, place: str, languages: Sequence[str]
) -> list[Fault]:
    """Return the first fault of a part, or else every text of it that is not written."""
    part = json.loads(json.dumps(part))
    found: list[Fault] = []
    while fault := _fault(wrapped(part), languages):
        inner = fault.place.removeprefix("questions[1]").removeprefix(".")
        found.append(Fault(".".join(filter(None, (place, inner))), fault.key))
        if fault.key != "not_written" or len(found) > 200:
            break
        _fill(part, inner)
    return found


def _fill(part: Draft, place: str) -> None:
    *path, last = re.findall(r"\w+", place)
    inside: Any = part
    for name in path:
        inside = inside[int(name)] if name.isdecimal() else inside.setdefault(name, {})
    inside[last] = "…"


def _fault(data: Draft, languages: Sequence[str] = ()) -> Fault | None:
    try:
        Definition.from_json(data).check_written(languages)
    except DefinitionError as fault:
        return Fault(fault.place, fault.key)
    return None
