"""The words and the number formats of summaries and commands in Finnish, Swedish and English."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Self

from kalevi.stats import Share
from kalevi.text import vocabulary

LANGUAGES = ("fi", "sv", "en")


@cache
def texts(language: str) -> Mapping[str, Mapping[str, str]]:
    """Every text of a language by section and key. Raises KeyError for another language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    path = files("kalevi.summaries").joinpath("texts", f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Wording:
    """Says things in one language."""

    language: str

    @classmethod
    def of(cls, language: str) -> Self:
        """The wording of fi, sv or en; English for any other."""
        return cls(language if language in LANGUAGES else "en")

    def say(self, key: str, **values: object) -> str:
        """The text under `section.key` with values in its places. Raises KeyError for an unknown key."""
        section, _, name = key.partition(".")
        return texts(self.language)[section][name].format(**values)

    def counted(self, key: str, n: int) -> str:
        """The text for a count: `key_one` for one, `key` with `n` otherwise."""
        return self.say(f"{key}_one" if n == 1 else key, n=self.number(n))

    def name(self, key: str) -> str:
        """The everyday name of a feeling, theme, mark and so on; a company's own key is its own name."""
        if not key:
            return self.say("report.theme_other")
        try:
            return vocabulary.name(key, self.language)
        except KeyError:
            return key.replace("_", " ")

    def number(self, n: int) -> str:
        """A whole number with its thousands apart."""
        return f"{n:,}".replace(",", self.say("number.thousands"))

    def _hundredths(self, value: float, fine: bool) -> str:
        return f"{100 * value:.1f}".replace(".", self.say("number.decimal")) if fine else f"{100 * value:.0f}"

    def percent(self, share: Share) -> str:
        """The share in per cent; one decimal below one per cent."""
        fine = 0 < share.value < 0.0095
        return self.say("number.percent", value=self._hundredths(share.value, fine))

    def interval(self, share: Share) -> str:
        """The share's 95% interval in per cent."""
        low, high = share.interval
        fine = 0 < share.value < 0.0095
        low_text, high_text = self._hundredths(low, fine), self._hundredths(high, fine)
        return self.say("number.range", low=low_text, high=high_text)

    def hits(self, share: Share) -> str:
        """How many of how many."""
        return self.say("report.of", hits=self.number(share.hits), n=self.number(share.n))

    def date(self, day: date) -> str:
        """A date as the language writes it."""
        return self.say("report.date", day=day.day, month=day.month, year=day.year)

    def quoted(self, words: str) -> str:
        """Words between the language's quotation marks."""
        return self.say("report.quote_open") + words + self.say("report.quote_close")
