"""What the coach says of a draft: frozen, quoting the words it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kalevi.text.reading import Language, Span

Quality = Literal["feeling", "question", "ownership", "next_step", "answers", "aims"]
Fault = Literal[
    "ritual",
    "excuse",
    "blame",
    "belittle",
    "pass_around",
    "promise_without_time",
    "we_talk",
    "jargon",
    "label",
    "other_language",
    "personal_data",
]
QUALITIES: tuple[Quality, ...] = ("feeling", "question", "ownership", "next_step", "answers", "aims")


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at again.

    `span` are offsets into the draft, or into the customer's words where `of_customer`: what is missing from
    an answer is shown by the words that call for it. `why` and `better` are for the reader of the hint; what
    is offered to be written stands in the language of the draft.
    """

    key: Quality | Fault
    span: Span
    quote: str
    why: str
    better: str
    of_customer: bool = False
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was looked at.

    `qualities` says of each whether the draft has it; None where nothing calls for it. `blocked` is true only
    where a third person's personal data would leak.
    """

    draft: str
    language: Language
    hints: tuple[Hint, ...]
    qualities: Mapping[Quality, bool | None] = field(default_factory=dict)

    @property
    def blocked(self) -> bool:
        """Whether something of a third person would leak."""
        return any(hint.blocks for hint in self.hints)
