"""The summary, the page and the PDF in three languages."""

import io
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console

from kalevi.shell.icons import pictures
from kalevi.summaries.document import document
from kalevi.summaries.feelings import looks
from kalevi.summaries.findings import findings_of
from kalevi.summaries.page import page
from kalevi.summaries.tally import Tally
from kalevi.summaries.terminal import print_summary
from kalevi.summaries.wording import Wording
from tests.summaries.made import SOME, reading, tally_of

LANGUAGES = ("fi", "sv", "en")
HOSTILE = reading(
    "<script>alert(1)</script> #panic() $x$ @a *b* \\u{1} \ud800 \x00 \u202e [nimi] & “q” on rikki.",
    masked=[("name", (46, 48))],
    theme="price",
)


def findings() -> Any:
    return findings_of(tally_of(*SOME, HOSTILE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary_shows_words_and_figures(language: str) -> None:
    out = io.StringIO()
    print_summary(Console(file=out, width=100), findings(), Wording(language), "a.csv")
    text = out.getvalue()
    assert (
        "terminaaliin" in text or "Tilaus tuli" in text,
        Wording(language).say("report.first") in text,
    ) == (True, True)
    assert ("script" in text, "\ud800" in text, "\x00" in text) == (True, False, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_stands_alone(language: str) -> None:
    html = page(findings(), Wording(language), 'a"<b>.csv', date(2026, 11, 22))
    assert f'<html lang="{language}">' in html
    assert re.findall(r"<script|https?://|url\(|@import|<link|<img", html) == []
    assert "&lt;script&gt;" not in html.split("<title>")[0]
    body = re.sub(r"<!doctype html>|<meta[^>]*>|<style>.*?</style>", "", html, flags=re.DOTALL)
    ElementTree.fromstring(body)
    html.encode("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_in_its_language(language: str) -> None:
    pdf = document(findings(), Wording(language), "a.csv", date(2026, 11, 22))
    assert pdf.startswith(b"%PDF-1.7")
    assert (b"pdfuaid" in pdf, f"/Lang({language})".encode() in pdf) == (True, True)
    assert pdf == document(findings(), Wording(language), "a.csv", date(2026, 11, 22))


def test_pdf_bears_words_that_its_fonts_lack() -> None:
    words = reading("Tilaus 😡❤️ myöhässä ☃ 漢字 مرحبا ไทย हिन्दी ⭐ \U000f0000 kolme viikkoa.", theme="price")
    assert document(findings_of(tally_of(words)), Wording("fi"), "漢字.csv").startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_report(language: str) -> None:
    wording, nothing = Wording(language), findings_of(Tally())
    assert wording.say("report.nothing") in page(nothing, wording, "a.csv")
    assert document(nothing, wording, "a.csv").startswith(b"%PDF")


def test_every_number_has_its_interval() -> None:
    html = page(findings(), Wording("en"), "a.csv")
    for shown in re.findall(r'<span class="n">(.*?)</span>', html):
        assert re.fullmatch(r"<strong>[\d.]+%</strong> \([\d.]+–[\d.]+%\) · \d+ of \d+", shown)


def test_shapes_are_those_of_the_pages() -> None:
    shapes = pictures("shape")
    assert {key: look.path for key, look in looks().items()} == {key: shapes[key] for key in looks()}
