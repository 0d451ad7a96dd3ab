"""A text in Finnish, Swedish and English, side by side. No Django."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

LANGUAGES = ("fi", "sv", "en")


class DefinitionError(ValueError):
    """Something in a survey that cannot be asked: `place` such as `questions[1].text.sv`, and a `key`.

    The key names the fault for translation (`definition.FAULTS` explains each in English).
    """

    def __init__(self, place: str, key: str) -> None:
        super().__init__(f"{place}: {key}")
        self.place, self.key = place, key


@dataclass(frozen=True, slots=True)
class Texts:
    """One text in three languages; empty where it is not written yet."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    @classmethod
    def from_json(cls, data: Any, place: str, longest: int = 500) -> Self:
        """Read {"fi": …, "sv": …, "en": …}; absent languages are empty. Raises DefinitionError."""
        if not isinstance(data, Mapping):
            raise DefinitionError(place, "not_texts")
        for language, text in data.items():
            if language not in LANGUAGES:
                raise DefinitionError(f"{place}.{language}", "unknown_language")
            if not isinstance(text, str):
                raise DefinitionError(f"{place}.{language}", "not_text")
            if len(text) > longest:
                raise DefinitionError(f"{place}.{language}", "too_long")
        return cls(**{language: text.strip() for language, text in data.items()})

    def to_json(self) -> dict[str, str]:
        """Return the languages that are written."""
        return {language: text for language in LANGUAGES if (text := self.written(language))}

    def written(self, language: str) -> str:
        """Return the text in this very language, empty where it is not written. KeyError for others."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]

    def best(self, language: str) -> str:
        """Return the text in a language, else in whichever language there is one."""
        return self.written(language) or self.fi or self.sv or self.en

    def missing(self, languages: Iterable[str]) -> list[str]:
        """Return those of the languages in which it is not written."""
        return [language for language in languages if not self.written(language)]

    def __bool__(self) -> bool:
        return bool(self.fi or self.sv or self.en)


UNWRITTEN = Texts()
