"""What the reader promises: shapes, evidence, order, determinism."""

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kalevi.text import Reader, explain, read
from kalevi.text.tokens import tokenise
from kalevi.text.vocabulary import FEELINGS, HOT_KINDS, SENTIMENTS, THEMES

TEXTS = [
    "Paketti oli rikki. Milloin saan uuden?",
    "Kiitos ihanasta palvelusta, tulen uudestaankin!",
    "Varför svarar ni aldrig i telefon? Jag har väntat i tre veckor.",
    "It would be great if the app could remember my card.",
    "",
    "👍👍",
    "Meillä on ollut tilaus teillä jo kuukauden, eikä kukaan vastaa.",
]


def test_texts_are_read_in_order_and_kept_as_they_are() -> None:
    assert [reading.text for reading in read(TEXTS)] == TEXTS


def test_languages() -> None:
    assert [reading.language for reading in read(TEXTS)] == ["fi", "fi", "sv", "en", "und", "und", "fi"]


def test_one_word_or_two_are_enough_to_tell_a_language() -> None:
    few = ["Varo!", "Pysähdy!", "Kerro itse.", "Jag tackar.", "Hurry up!", "Dziękuję bardzo.", "Gracias."]
    assert [reading.language for reading in read(few)] == ["fi", "fi", "fi", "sv", "en", "und", "und"]


def test_a_language_that_is_told_is_taken() -> None:
    assert read(["ok"], language="sv")[0].language == "sv"
    with pytest.raises(ValueError, match="not a language"):
        read(["ok"], language="xx")


def test_said_at_is_one_time_or_one_a_text() -> None:
    with pytest.raises(ValueError, match="one time a text"):
        read(["a", "b"], said_at=[datetime(2026, 11, 22, tzinfo=UTC)])


def test_hot_of_plain_sentences() -> None:
    found = [{hot.kind for hot in reading.hots} for reading in read(TEXTS[:4])]
    assert found == [{"problem", "need"}, set(), {"problem", "need"}, {"dream"}]


def test_a_hot_is_the_sentence_that_tells_it() -> None:
    (reading,) = read(TEXTS[:1])
    assert {hot.kind: hot.text for hot in reading.hots} == {
        "problem": "Paketti oli rikki.",
        "need": "Milloin saan uuden?",
    }
    assert all(reading.text[slice(*hot.span)] == hot.text for hot in reading.hots)


def test_sentiment_of_plain_texts() -> None:
    assert [reading.sentiment for reading in read([TEXTS[1], TEXTS[2], ""])] == [
        "positive",
        "negative",
        "neutral",
    ]


def test_evidence_lies_inside_the_text_and_comes_in_order() -> None:
    for reading in read(TEXTS):
        found: list[Any] = [*reading.feelings, *reading.hots, *reading.themes, *reading.marks]
        for finding in found:
            assert finding.evidence
            assert all(0 <= a < b <= len(reading.text) for a, b in finding.evidence)
            assert all(one[1] <= other[0] for one, other in pairwise(finding.evidence))


def test_scores_are_chances_of_every_output() -> None:
    names = {*FEELINGS, *SENTIMENTS, *HOT_KINDS, *THEMES, "suggestion"}
    for reading in read(TEXTS):
        assert set(reading.scores) == names
        assert all(0 <= score <= 1 for score in reading.scores.values())


def test_a_mood_is_as_sure_as_its_words() -> None:
    texts = ["Kiitos ihanasta palvelusta, tulen uudestaankin!", "Kävin tänään.", ""]
    clear, plain, nothing = (reading.sentiment_confidence or 0.0 for reading in read(texts))
    # the surest of four is never less than a quarter
    assert 1 >= clear > plain >= 0.25
    assert 0 <= nothing <= 1


def test_the_company_of_a_text_never_changes_its_reading() -> None:
    alone = [Reader().read([text])[0] for text in TEXTS]
    assert read(TEXTS * 40)[: len(TEXTS)] == alone
    assert Reader().read(TEXTS[::-1])[::-1] == alone


def test_own_themes_are_found_in_inflected_forms() -> None:
    reader = Reader(themes={"sauna": ["sauna", "kiuas"], "lake": ["oma ranta"]})
    (reading,) = reader.read(["Saunassa oli kylmä, mutta omalla rannalla oli hyvä olla."])
    own = {theme.key: theme.evidence for theme in reading.themes if theme.key in ("sauna", "lake")}
    assert own == {"sauna": ((0, 8),), "lake": ((26, 41),)}


def test_an_account_adds_up_to_its_odds() -> None:
    (reading,) = read(TEXTS[2:3])
    accounts = {account.output: account for account in explain(reading)}
    need = accounts["need"]
    assert need.odds >= need.threshold
    spans = {voice.name: voice.span for voice in need.voices if voice.span}
    assert all(reading.text[slice(*span)] == name for name, span in spans.items())
    assert abs(need.start + sum(voice.adds for voice in need.voices) - need.odds) < 0.1


@pytest.mark.parametrize(
    ("text", "output", "words"),
    [
        ("Kiitos hyvästä palvelusta.", "positive", {"Kiitos", "hyvästä"}),
        ("Personalen var underbar :D", "positive", {"underbar", ":D"}),
        ("The soup was cold and horrible.", "negative", {"cold", "horrible"}),
    ],
)
def test_a_word_speaks_by_all_that_it_tells(text: str, output: str, words: set[str]) -> None:
    (reading,) = read([text])
    (account,) = (account for account in explain(reading) if account.output == output)
    spoken = [(voice.name, voice.adds) for voice in account.voices if voice.span]
    assert reading.sentiment == output
    assert words <= {name for name, adds in spoken if adds > 0}
    assert words.isdisjoint(name for name, adds in spoken if adds < 0)


def test_all_voices_of_a_long_letter_add_up() -> None:
    (reading,) = read([" ".join(TEXTS[:4])])
    for account in explain(reading):
        # many voices are too small to be named
        assert account.start + sum(voice.adds for voice in account.voices) == pytest.approx(
            account.odds, abs=0.3
        )


@pytest.mark.parametrize(
    "text", [*filter(None, TEXTS), " ".join(TEXTS), "Ei vastattu :/ Never again! Tack :D"]
)
def test_an_account_tells_of_all_that_was_heard(text: str) -> None:
    reader = Reader()
    (reading,) = reader.read([text])
    tokens = tokenise([text])
    scorer = reader.scorer(reader.language_number(reading, tokens))
    heard = reader.judge.weighed(tokens, scorer.score(tokens))[0]
    told = [account.odds for account in explain(reading, reader)]
    # the odds of a dream, problem or need are half those of its likeliest sentence
    assert told[3:] == pytest.approx(heard[3:].tolist(), abs=0.0001)


def test_a_very_long_letter_is_explained() -> None:
    (reading,) = read(["Myyjä oli tyly eikä kukaan vastannut. " * 20_000])
    (account,) = (account for account in explain(reading) if account.output == reading.sentiment)
    assert account.odds >= account.threshold


def test_evidence_is_what_the_whole_model_hears() -> None:
    text = "Kiitos hyvästä palvelusta – hintavertailu säästi meiltä paljon aikaa!"
    (joy,) = (feeling for feeling in read([text])[0].feelings if feeling.feeling == "joy")
    assert [text[slice(*span)] for span in joy.evidence] == ["Kiitos", "hyvästä", "!"]


def test_weights_with_other_cues_are_refused(tmp_path: Path) -> None:
    shipped = Path(read.__code__.co_filename).parent / "weights"
    for path in shipped.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    settings = json.loads((tmp_path / "settings.json").read_text())
    settings["domain"]["weights"].pop()
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    with pytest.raises(ValueError, match="other cues"):
        Reader(weights=tmp_path)


def test_a_reading_by_another_version_is_not_explained(tmp_path: Path) -> None:
    shipped = Path(read.__code__.co_filename).parent / "weights"
    for path in shipped.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    settings = json.loads((tmp_path / "settings.json").read_text())
    (tmp_path / "settings.json").write_text(json.dumps(settings | {"version": "other"}))
    (reading,) = Reader(weights=tmp_path).read(["hei"])
    with pytest.raises(ValueError, match="another version"):
        explain(reading)
