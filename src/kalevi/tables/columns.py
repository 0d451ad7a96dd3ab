"""Guesses what each column of a table holds, by its name and by what stands in it."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kalevi.tables.values import is_date, is_email, parse_number

ROLES = (
    "text",
    "title",
    "reply",
    "date",
    "rating",
    "name",
    "email",
    "phone",
    "id",
    "language",
    "touchpoint",
)
MIN_TEXT_CONFIDENCE = 0.25
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?")
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Guess:
    """A column (0-based index) and how sure the guess is, 0–1."""

    index: int
    confidence: float


@dataclass(frozen=True)
class ColumnGuess:
    """The likeliest column of each role that some column fits; a column has at most one role."""

    roles: Mapping[str, Guess]

    def index(self, role: str) -> int | None:
        """The 0-based column that plays the role, or None."""
        guess = self.roles.get(role)
        return guess.index if guess else None


@cache
def _names() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    found = tomllib.loads(files("kalevi.tables").joinpath("column_names.toml").read_text("utf-8"))
    return {role: (frozenset(names["exact"]), tuple(names["contains"])) for role, names in found.items()}


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def known_role(name: str) -> str:
    """The role whose usual names include this whole name, or an empty string."""
    plain = _plain(name)
    return next(
        (role for role, (exact, _) in _names().items() if name.casefold() in exact or plain in exact),
        "",
    )


def _by_name(role: str, name: str) -> float:
    exact, contained = _names()[role]
    plain = _plain(name)
    if name.strip().casefold() in exact or plain in exact:
        return 1.0
    return 0.7 if any(part in plain for part in contained) else 0.0


@dataclass(frozen=True)
class _Column:
    """What the sample of one column looks like; shares are of the cells that are not empty."""

    filled: float
    words: float
    varied: float
    prose: float
    number: float
    date: float
    email: float
    language: float
    whole: bool


def _looked_at(cells: Sequence[str]) -> _Column:
    filled = [cell.strip() for cell in cells if cell.strip()]
    count = len(filled) or 1

    def share(test: Callable[[str], bool]) -> float:
        return sum(map(test, filled)) / count

    words = [len(_WORDS.findall(cell[:2000])) for cell in filled]
    numbers = [parse_number(cell) for cell in filled]
    return _Column(
        filled=len(filled) / (len(cells) or 1),
        words=sum(words) / count,
        varied=len(set(filled)) / count,
        prose=sum(n >= 4 for n in words) / count,
        number=sum(n is not None for n in numbers) / count,
        date=share(is_date),
        email=share(is_email),
        language=share(lambda cell: _LANGUAGE.fullmatch(cell) is not None),
        whole=all(n is None or float(n).is_integer() for n in numbers),
    )


def _fit(role: str, look: _Column) -> float:
    """How well the content fits the role, 0–1."""
    if not look.filled:
        return 0.0
    if role in ("text", "reply"):
        length = min(look.words / 12, 1)
        return (
            length
            * (0.3 + 0.7 * look.varied)
            * (0.4 + 0.6 * look.prose)
            * (1 - max(look.date, look.number, look.email))
        )
    if role == "title":
        return (
            (0.3 + 0.7 * min(look.words / 4, 1)) * look.varied * (1 - max(look.date, look.number, look.email))
        )
    if role == "date":
        return look.date
    if role == "rating":
        return max(look.number * (1 - look.varied * 0.5), 0.5 if look.varied < 0.2 else 0.0) * (1 - look.date)
    if role == "email":
        return look.email
    if role == "language":
        return look.language * (1 - look.varied * 0.5)
    if role == "id":
        return look.varied * (1 if look.words < 4 else 0.2) * (1 - look.date)
    if role == "phone":
        return 0.8 * (1 - look.date) * (1 if look.words < 1 else 0.2)
    varied = 0.5 + 0.5 * look.varied if role == "name" else 1
    return varied * (1 if look.words < 6 else 0.2) * (1 - max(look.number, look.date, look.email))


def guess_columns(header: Sequence[str], sample: Sequence[Sequence[str]]) -> ColumnGuess:
    """Guess from the header and sample rows (a few hundred are plenty) which column holds what.

    Names weigh most where they are the usual ones; content decides between them and finds text, dates and
    addresses without a telling name. `text` is the longest, most varied natural text that is not our reply.
    """
    columns = [[row[i] for row in sample if i < len(row)] for i in range(len(header))]
    looks = [_looked_at(cells) for cells in columns]
    scored: list[tuple[float, str, int]] = []
    for index, (name, look) in enumerate(zip(header, looks, strict=True)):
        for role in ROLES:
            score = _score(role, _by_name(role, name), _fit(role, look), look, bool(sample))
            if score >= MIN_TEXT_CONFIDENCE:
                scored.append((score, role, index))
    roles: dict[str, Guess] = {}
    taken: set[int] = set()
    for score, role, index in sorted(scored, key=lambda s: (-s[0], s[2], ROLES.index(s[1]))):
        if role not in roles and index not in taken:
            roles[role] = Guess(index, round(min(score, 1.0), 3))
            taken.add(index)
    if "text" not in roles and (best := _wordiest(looks, taken)):
        roles["text"] = best
    return ColumnGuess({role: roles[role] for role in ROLES if role in roles})


def _wordiest(looks: Sequence[_Column], taken: set[int]) -> Guess | None:
    """The column of free words where none is called text and the texts are short; unsure by definition."""
    fits = [(_fit("text", look), -i) for i, look in enumerate(looks) if i not in taken and look.words >= 1.5]
    fit, index = max(fits, default=(0.0, 0))
    return Guess(-index, round(fit * 0.5, 3)) if fit > 0.05 else None


def _score(role: str, named: float, fit: float, look: _Column, seen: bool) -> float:
    if not seen or not look.filled:
        return named * 0.6
    if role == "text":
        return fit * 0.55 + named * 0.45 * (0.4 + 0.6 * min(fit * 2, 1)) if fit > 0 or named == 1 else 0.0
    if role in ("date", "email"):
        return fit * (0.65 + 0.35 * named) if fit > 0.5 else 0.0
    if role == "reply" and named < 1 and fit < 0.2:
        return 0.0
    return named * (0.5 + 0.5 * fit)
