"""Surveys as the public door needs them: kept in the process, looked after every two seconds."""

import gzip
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic

from django.db import connection

from kalevi.channels.survey.definition import Definition
from kalevi.channels.survey.models import SurveyVersion
from kalevi.channels.survey.pages import (
    Public,
    Ready,
    circles_of,
    policy,
    ready_page,
    thanks_page,
)

FRESH_SECONDS, MOST = 2.0, 500
# PostgreSQL and SQLite: what a survey stands at, and what the company is called now.
_STANDING = (
    "SELECT s.id, s.state, s.current_id, (SELECT name FROM shell_company WHERE id = 1)"
    " FROM channels_survey_survey s WHERE s.key = %s"
)
Standing = tuple[int, str, int | None, str | None]


@dataclass(slots=True)
class Live:
    """One survey that was opened: `is_open` tells whether it still asks; answers come in either way."""

    survey_id: int
    version_id: int
    is_open: bool
    asked: Definition
    public: Public
    standing: Standing
    policy: str
    seen: float = 0.0
    has_required: bool = False
    pages: dict[str, Ready] = field(default_factory=dict)
    thanks: dict[str, bytes] = field(default_factory=dict)

    def page(self, language: str) -> Ready:
        """Return the page of questions, made ready at its first opening."""
        found = self.pages.get(language)
        if found is None:
            found = self.pages[language] = ready_page(self.public, self.asked, language)
        return found

    def thanks_page(self, language: str) -> bytes:
        """Return the page after an answer, as gzip."""
        found = self.thanks.get(language)
        if found is None:
            page = thanks_page(self.public, self.asked, language).encode()
            found = self.thanks[language] = gzip.compress(page, 9, mtime=0)
        return found


_live: dict[str, Live] = {}


def live(key: str) -> Live | None:
    """Return the survey with a public key; None for one that is not there or was never opened."""
    now = monotonic()
    kept = _live.get(key)
    if kept is not None and now - kept.seen < FRESH_SECONDS:
        return kept
    standing = _standing(key)
    if standing is None or standing[2] is None:
        _live.pop(key, None)
        return None
    if kept is None or kept.standing != standing:
        kept = _made(key, standing)
        if len(_live) >= MOST:
            _live.clear()
        _live[key] = kept
    kept.seen = now
    return kept


def forget() -> None:
    """Forget every survey: something was published, closed, restored or emptied."""
    _live.clear()


def _standing(key: str) -> Standing | None:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [key])
        found: Standing | None = cursor.fetchone()
    return found


def _made(key: str, standing: Standing) -> Live:
    survey_id, state, _current, company = standing
    version = SurveyVersion.objects.get(survey_id=survey_id, pk=standing[2] or 0)
    asked = version.asks()
    return Live(
        survey_id=survey_id,
        version_id=version.pk,
        is_open=state == "open",
        asked=asked,
        public=Public(key, tuple(version.languages), company or ""),
        standing=standing,
        policy=policy(circles_of(asked)),
        has_required=any(question.required for question in asked.questions),
    )


@lru_cache(maxsize=2_000)
def language_for(accepted: str, languages: tuple[str, ...]) -> str:
    """Return which of the languages an Accept-Language header asks for first, else the first of them."""
    wanted: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:500].split(",")):
        tag, _semicolon, rest = part.strip().partition(";")
        code = tag.strip().lower()[:2]
        quality = rest.strip().removeprefix("q=").strip() or "1"
        digits = quality.replace(".", "", 1)
        if code in languages and digits.isascii() and digits.isdigit() and float(quality) > 0:
            wanted.append((-float(quality), place, code))
    return min(wanted)[2] if wanted else languages[0]
