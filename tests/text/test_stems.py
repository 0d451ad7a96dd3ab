import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalevi.text import stems
from kalevi.text.stems import search_keys, search_words

HERE = Path(__file__).parent


def pairs(name: str, kind: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(one, other) for one, other, its_kind in rows if its_kind == kind]


def meeting(these: list[tuple[str, str]], language: str = "fi") -> float:
    hits = [
        not set(search_keys(one, language)).isdisjoint(search_keys(other, language)) for one, other in these
    ]
    return sum(hits) / len(hits)


def test_forms_of_one_finnish_word_find_each_other() -> None:
    assert meeting(pairs("form_pairs.tsv", "same")) >= 0.95


def test_forms_that_no_rule_was_tuned_on_find_each_other() -> None:
    assert meeting(pairs("form_pairs_unseen.tsv", "same")) >= 0.85


def test_unrelated_finnish_words_stay_apart() -> None:
    assert meeting(pairs("form_pairs.tsv", "different")) <= 0.05


@pytest.mark.parametrize(("kind", "least"), [("same", 0.98), ("unseen", 0.95)])
def test_forms_of_one_swedish_word_find_each_other(kind: str, least: float) -> None:
    these = pairs("form_pairs_sv.tsv", kind)
    assert (len(these) >= 50, meeting(these, "sv") >= least) == (True, True)


def test_unrelated_swedish_words_stay_apart() -> None:
    assert meeting(pairs("form_pairs_sv.tsv", "different"), "sv") <= 0.2


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("sv", "leverans", "leveransen"),
        ("sv", "leveranser", "leveranserna"),
        ("sv", "butik", "butikerna"),
        ("sv", "vänlig", "vänliga"),
        ("sv", "vänta", "väntade"),
        ("sv", "böcker", "boken"),
        ("sv", "nyckel", "nyckeln"),
        ("sv", "beställning", "beställa"),
        ("sv", "datorerna", "datorn"),
        ("sv", "personen", "person"),
        ("sv", "vara", "varorna"),
        ("sv", "vara", "är"),
        ("en", "delivery", "deliveries"),
        ("en", "wait", "waited"),
        ("en", "stopped", "stopping"),
        ("en", "service", "services"),
        ("en", "people", "person"),
        ("en", "sent", "sending"),
        ("und", "kaupan", "kauppa"),
        ("und", "deliveries", "delivery"),
        ("xx", "kaupan", "kauppa"),
    ],
)
def test_forms_find_each_other(language: str, one: str, other: str) -> None:
    assert not set(search_keys(one, language)).isdisjoint(search_keys(other, language))


def test_a_query_of_unknown_language_finds_a_finnish_document() -> None:
    document = set(search_keys("Tilauksen toimittaminen asiakkaalle kesti viikkoja", "fi"))
    query = search_words("tilaus asiakas viikko", "und")
    assert [document.isdisjoint(keys) for keys in query] == [False, False, False]


def test_numbers_are_kept_and_single_letters_left_out() -> None:
    assert search_keys("a 4711 b", "en") == ["4711"]


def test_capitals_and_decomposed_letters_make_no_difference() -> None:
    assert search_keys("KA\u0308SI", "fi") == search_keys("käden", "fi")


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stems, "CACHE_SIZE", 10)
    search_keys(" ".join(f"sana{i}x" for i in range(100)), "fi")
    assert len(stems.caches["fi"]) <= 10


@given(
    st.text(st.characters(min_codepoint=0, max_codepoint=sys.maxunicode)),
    st.sampled_from(["fi", "sv", "en", "und"]),
)
def test_any_text_has_keys_without_a_fault(text: str, language: str) -> None:
    assert [key for key in search_keys(text, language) if not key] == []
