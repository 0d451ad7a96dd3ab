"""QR codes and posters: the question large, the company's name, the code, and an address one can type."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import segno

from kalevi.channels.kiosk.faces import asked_of
from kalevi.channels.kiosk.models import Kiosk
from kalevi.channels.survey.models import Survey
from kalevi.channels.survey.texts import LANGUAGES

INVITATIONS = {
    "fi": "Lue koodi puhelimella",
    "sv": "Läs koden med telefonen",
    "en": "Scan the code with your phone",
}


class NotMadeError(Exception):
    """The PDF could not be set."""


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says: the question by language, the one that stands largest first."""

    questions: tuple[tuple[str, str], ...]
    address: str
    company: str

    def only(self, languages: Sequence[str]) -> "Poster":
        """Return the poster in some of its languages, in their order; whole where none of them is there."""
        chosen = tuple(one for language in languages for one in self.questions if one[0] == language)
        return Poster(chosen or self.questions, self.address, self.company)


def poster_of(subject: Survey | Kiosk, *, site: str, company: str) -> Poster | None:
    """Return what a poster of an open survey or of a kiosk says; None while there is nothing to ask."""
    survey = subject.survey if isinstance(subject, Kiosk) else subject
    if survey.current is None:
        return None
    asked = survey.current.asks()
    question = asked.questions[0]
    if isinstance(subject, Kiosk):
        faces = asked_of(asked)
        question = faces.feeling if faces else question
    languages = [language for language in survey.current.languages if language in LANGUAGES]
    questions = tuple((language, question.asked(language)) for language in languages)
    path = f"/k/{subject.key}/" if isinstance(subject, Kiosk) else f"/s/{subject.key}?d=poster"
    return Poster(questions, site + path, company)


def code_svg(address: str) -> bytes:
    """Return a QR code as an SVG file, with the quiet zone it needs."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, scale=10, dark="#1b2c24", light="#ffffff", omitsize=True, svgclass=None
    )
    return out.getvalue()


def code_png(address: str) -> bytes:
    """Return a QR code as a PNG file, large enough to print a hand wide."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", border=4, scale=24)
    return out.getvalue()


def poster_pdf(poster: Poster) -> bytes:
    """Return the poster as a PDF of one A4 page. Raises NotMadeError."""
    import typst

    shown = poster.address.split("://", 1)[-1].split("?", 1)[0].rstrip("/")
    contents = {
        "company": poster.company,
        "address": shown,
        "code": code_svg(poster.address).decode(),
        "questions": [
            {"language": language, "text": text, "invitation": INVITATIONS[language]}
            for language, text in poster.questions
        ],
    }
    fault: RuntimeError | None = None
    # A letter that the shipped fonts lack is refused by the standard for accessible documents alone.
    for standard in ("ua-1", "1.7"):
        try:
            made = typst.compile(
                (files(__package__) / "poster.typ").read_bytes(),
                format="pdf",
                ignore_system_fonts=True,
                sys_inputs={"contents": json.dumps(contents, ensure_ascii=False)},
                pdf_standards=standard,
            )
        except RuntimeError as error:
            fault = error
            continue
        if isinstance(made, bytes):
            return made
    raise NotMadeError from fault
