"""A draft as the page of the builder shows it: cards with their fields, each with its fault beside it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from kalevi.channels.survey.builder import Draft, Fault, faults, shown_meanwhile
from kalevi.channels.survey.builder_words import KINDS, fault_text
from kalevi.channels.survey.definition import LANGUAGES
from kalevi.channels.survey.feelings import feeling_words
from kalevi.channels.survey.kinds import SCALES, WITH_OPTIONS, Kind, usual
from kalevi.channels.survey.pages import NAMES, duration
from kalevi.channels.survey.texts import UNWRITTEN, Texts

_STEPS = frozenset({Kind.HEARD, Kind.SUCCESS, Kind.EASE})


@dataclass(frozen=True, slots=True)
class Cell:
    """One text in one language. `waits` tells a fault that is only something still to be written."""

    name: str
    id: str
    language: str
    language_name: str
    value: str
    usual: str
    fault: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One text in every language, side by side. `lines` 1 makes it a short field."""

    label: str
    cells: tuple[Cell, ...]
    lines: int
    longest: int

    @property
    def written(self) -> bool:
        """Whether it is written in any language."""
        return any(cell.value for cell in self.cells)

    @property
    def faulty(self) -> bool:
        """Whether something stands in the way in it."""
        return any(cell.fault for cell in self.cells)


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One option of a choice."""

    key: str
    row: Row


@dataclass(frozen=True, slots=True)
class End:
    """One end at which to ask why; `values` are (value, words, chosen)."""

    name: str
    id: str
    low: bool
    values: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One question; `faults` are those that belong to no single text."""

    place: str
    id: str
    key: str
    kind: str
    kind_name: str
    text: Row
    help: Row
    faults: tuple[str, ...]
    required: bool
    one_field: bool
    first: bool
    last: bool
    ends: tuple[Row, ...] = ()
    options: tuple[OptionShown, ...] = ()
    feelings: tuple[tuple[str, str, str, bool], ...] = ()
    why: tuple[End, ...] = ()
    why_text: Row | None = None
    why_faults: tuple[str, ...] = ()
    has_options: bool = False

    @property
    def opens_more(self) -> bool:
        """Whether a fault, or something already written, is among what is folded away."""
        return any(row.faulty or row.written for row in (self.help, *self.ends))

    @property
    def asks_why(self) -> bool:
        """Whether a follow-up is written or chosen."""
        chosen = any(is_chosen for end in self.why for _value, _words, is_chosen in end.values)
        return chosen or (self.why_text is not None and self.why_text.written)

    @property
    def rows(self) -> Iterator[Row]:
        """Every text of the question."""
        yield from (self.text, self.help, *self.ends, *(one.row for one in self.options))
        if self.why_text:
            yield self.why_text


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole draft; `todo` are (id of the place, where, what) in the order of the page."""

    title: Row
    lead: Row
    thanks: Row
    cards: tuple[Card, ...]
    faults: tuple[str, ...]
    language_faults: tuple[str, ...]
    todo: tuple[tuple[str, str, str], ...]
    duration: str
    insisted: bool
    many: bool
    kinds: tuple[tuple[str, str], ...] = field(
        default_factory=lambda: tuple((kind.value, str(name)) for kind, name in KINDS.items())
    )

    @property
    def rows(self) -> Iterator[Row]:
        """Every text of the survey."""
        yield from (self.title, self.lead, self.thanks)
        for card in self.cards:
            yield from card.rows


def identifier(place: str) -> str:
    """Return the id of a place on the page."""
    return "at-" + re.sub(r"\W+", "-", place).strip("-")


def shown_draft(draft: Draft, languages: Sequence[str], reader: str) -> Shown:
    """Return a draft as its builder sees it; `reader` is the language the page is read in."""
    found = faults(draft, languages)
    page = _Page(found, reader)
    questions = draft.get("questions", [])
    whole = page.about("questions")
    return Shown(
        title=page.row("title", draft, gettext("Title"), UNWRITTEN, 1, 500),
        lead=page.row("lead", draft, gettext("A sentence or two before the questions"), UNWRITTEN, 3, 1_000),
        thanks=page.row("thanks", draft, gettext("Thanks, on the page after"), UNWRITTEN, 3, 1_000),
        cards=tuple(page.card(n, one, len(questions)) for n, one in enumerate(questions)),
        faults=whole,
        language_faults=page.about("languages"),
        todo=tuple((page.anchor(one.place), _where(one, draft), fault_text(one.key)) for one in found),
        duration=duration(shown_meanwhile(draft).seconds),
        insisted=draft.get("insisted") is True,
        many=len(questions) > 3 or draft.get("insisted") is True,
    )


def _where(fault: Fault, draft: Draft) -> str:
    """Say in words where a fault is: the question's number, or the part of the survey, and the language."""
    language = NAMES.get(fault.place.rsplit(".", 1)[-1], "")
    if number := re.match(r"questions\[(\d+)\]", fault.place):
        part = gettext("Question %(number)s") % {"number": int(number[1]) + 1}
    else:
        name = fault.place.split(".")[0]
        names = {
            "title": gettext("Title"),
            "lead": gettext("Lead"),
            "thanks": gettext("Thanks"),
            "languages": gettext("Languages"),
        }
        part = names.get(name, gettext("Questions"))
    return ", ".join(filter(None, (part, language)))


@dataclass(frozen=True, slots=True)
class _Page:
    found: Sequence[Fault]
    reader: str

    def about(self, place: str) -> tuple[str, ...]:
        return tuple(fault_text(one.key) for one in self.found if one.place == place)

    def anchor(self, place: str) -> str:
        written = place.rsplit(".", 1)[-1] in LANGUAGES
        question = re.match(r"questions\[\d+\]", place)
        return identifier(place if written or not question else question[0])

    def row(
        self,
        place: str,
        inside: Mapping[str, Any],
        label: str,
        known: Texts,
        lines: int = 2,
        longest: int = 500,
    ) -> Row:
        texts = inside.get(place.rsplit(".", 1)[-1], {})
        return Row(
            label,
            tuple(
                self._cell(f"{place}.{code}", texts.get(code, ""), known.written(code)) for code in LANGUAGES
            ),
            lines,
            longest,
        )

    def _cell(self, place: str, value: str, known: str) -> Cell:
        code = place.rsplit(".", 1)[-1]
        fault = next((one for one in self.found if one.place == place), None)
        return Cell(
            place,
            identifier(place),
            code,
            NAMES[code],
            value,
            known,
            fault_text(fault.key) if fault else "",
            bool(fault and fault.key == "not_written"),
        )

    def card(self, number: int, one: Draft, count: int) -> Card:
        place, kind = f"questions[{number}]", Kind(one["kind"])
        known = usual().get(kind.value)
        own = {cell for name in (place, f"{place}.options", f"{place}.key") for cell in self.about(name)}
        return Card(
            place=place,
            id=identifier(place),
            key=one["key"],
            kind=kind.value,
            kind_name=str(KINDS[kind]),
            text=self.row(f"{place}.text", one, gettext("The question"), known.text if known else UNWRITTEN),
            help=self.row(f"{place}.help", one, gettext("A hint under the question"), UNWRITTEN),
            faults=tuple(sorted(own)),
            required=one.get("required") is True,
            one_field=one.get("one_field") is True,
            first=number == 0,
            last=number == count - 1,
            has_options=kind in WITH_OPTIONS,
            **self._of_kind(place, kind, one),
        )

    def _of_kind(self, place: str, kind: Kind, one: Draft) -> dict[str, Any]:
        if kind in WITH_OPTIONS:
            return {"options": tuple(self._options(place, one.get("options", [])))}
        if kind is Kind.FEELING:
            chosen = {each["key"] for each in one.get("options", [])}
            words = feeling_words().values()
            return {
                "feelings": tuple(
                    (w.key, w.texts.best(self.reader), w.plutchik, not chosen or w.key in chosen)
                    for w in words
                )
            }
        if kind not in SCALES:
            return {}
        known = usual()[kind.value]
        sides = (
            (gettext("At the low end"), "low_text", known.low),
            (gettext("At the high end"), "high_text", known.high),
        )
        why = one.get("follow_up", {})
        places = (f"{place}.follow_up", f"{place}.follow_up.low", f"{place}.follow_up.high")
        return {
            "ends": ()
            if kind in _STEPS
            else tuple(self.row(f"{place}.{name}", one, label, text, 1, 60) for label, name, text in sides),
            "why": tuple(self._end(place, kind, end, why) for end in ("low", "high")),
            "why_text": self.row(
                f"{place}.follow_up.text", why, gettext("How to ask why"), usual()["why"].text, 1
            ),
            "why_faults": tuple(fault for where in places for fault in self.about(where)),
        }

    def _options(self, place: str, options: Sequence[Draft]) -> list[OptionShown]:
        return [
            OptionShown(
                one["key"],
                self.row(
                    f"{place}.options[{n}].text",
                    one,
                    gettext("Option %(number)s") % {"number": n + 1},
                    UNWRITTEN,
                    1,
                    200,
                ),
            )
            for n, one in enumerate(options)
        ]

    def _end(self, place: str, kind: Kind, end: str, why: Mapping[str, Any]) -> End:
        low, high = SCALES[kind]
        words = usual()[kind.value].answers
        values = tuple(
            (
                str(n),
                words[str(n)].best(self.reader) if kind in _STEPS else str(n),
                why.get(end) == n,
            )
            for n in range(low, high + 1)
        )
        name = f"{place}.follow_up.{end}"
        return End(name, identifier(name), end == "low", values)
