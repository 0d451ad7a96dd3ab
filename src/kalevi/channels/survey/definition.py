"""What a survey asks: plain frozen values, read strictly from JSON and written back. No Django.

    {"title": {"fi": "…"}, "thanks": {"fi": "…"}, "insisted": false, "questions": [
       {"key": "why", "kind": "words", "text": {"fi": "…"}},
       {"key": "again", "kind": "nps", "follow_up": {"low": 6, "high": 9}}]}

Fields of the form, and so names in an answer (`answers.py` reads them): `KEY` is the number or the chosen
keys, or the words of a `words` question; `KEY.words` what was expected, or the one field of a `hot`
question; `KEY.dream`, `KEY.problem`, `KEY.need` its three; `KEY.strength` and `KEY.own` belong to a
feeling; `KEY.why` is the follow-up. A survey never asks for a name or an address as a question; who wants to
be contacted leaves a way beside them (`reach`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from kalevi.channels.survey.kinds import READY_SECONDS, Kind, usual
from kalevi.channels.survey.question import (
    FollowUp,
    Option,
    Question,
    flag_at,
    known_names,
    question_from,
    question_json,
    texts_at,
)
from kalevi.channels.survey.texts import LANGUAGES, UNWRITTEN, DefinitionError, Texts

__all__ = ["FAULTS", "LANGUAGES", "MOST_QUESTIONS", "Definition", "DefinitionError", "FollowUp", "Kind"]
__all__ += ["Option", "Question", "Texts"]
MOST_QUESTIONS, MOST_INSISTED = 3, 12
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
        known_names(data, "", {"title", "questions", "lead", "thanks", "insisted"})
        listed = data.get("questions")
        if not isinstance(listed, list) or not listed:
            raise DefinitionError("questions", "no_questions")
        found = cls(
            title=texts_at(data, "title", ""),
            questions=tuple(question_from(one, f"questions[{n}]") for n, one in enumerate(listed)),
            lead=texts_at(data, "lead", "", 1_000),
            thanks=texts_at(data, "thanks", "", 1_000),
            insisted=flag_at(data, "insisted", ""),
        )
        found._check()
        return found

    def to_json(self) -> dict[str, Any]:
        """Return what `from_json` reads; what is empty is left out."""
        texts = {"title": self.title, "lead": self.lead, "thanks": self.thanks}
        return {
            **{name: text.to_json() for name, text in texts.items() if text or name == "title"},
            **({"insisted": True} if self.insisted else {}),
            "questions": [question_json(question) for question in self.questions],
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
