"""What a survey may ask, and what it refuses with the place and the fault."""

import json
from typing import Any

import pytest

from kalevi.channels.survey.definition import FAULTS, Definition, DefinitionError
from kalevi.channels.survey.feelings import beside, feeling_words
from kalevi.channels.survey.kinds import Kind, usual
from kalevi.text.vocabulary import FEELINGS

WORDS = {"key": "w", "kind": "words"}
NPS = {"key": "n", "kind": "nps"}


def asking(*questions: Any, **more: Any) -> dict[str, Any]:
    return {"title": {"fi": "Otsikko"}, "questions": list(questions), **more}


def test_what_is_read_is_written_back_the_same() -> None:
    options = [{"key": "a", "text": {"fi": "A"}}, {"key": "b", "text": {"fi": "B"}}]
    data = asking(
        {"key": "n", "kind": "nps", "follow_up": {"low": 6, "high": 9, "text": {"fi": "Miksi?"}}},
        {"key": "h", "kind": "hot", "one_field": True, "help": {"en": "Anything."}},
        {"key": "c", "kind": "choice", "text": {"fi": "Kumpi?"}, "options": options, "required": True},
        lead={"fi": "Alku"},
        thanks={"sv": "Tack"},
    )
    assert Definition.from_json(json.loads(json.dumps(data))).to_json() == data


@pytest.mark.parametrize(
    ("data", "place", "fault"),
    [
        ([], "survey", "not_an_object"),
        (asking(), "questions", "no_questions"),
        (asking(WORDS, colour="red"), "colour", "unknown_name"),
        (asking(WORDS, title={"fi": 3}), "title.fi", "not_text"),
        (asking(WORDS, title={"no": "Tittel"}), "title.no", "unknown_language"),
        (asking(WORDS, lead={"fi": "x" * 1001}), "lead.fi", "too_long"),
        (asking(WORDS, insisted="yes"), "insisted", "not_yes_or_no"),
        (asking({"kind": "words"}), "questions[0].key", "missing"),
        (asking({"key": "W", "kind": "words"}), "questions[0].key", "not_a_key"),
        (asking({"key": "w"}), "questions[0].kind", "missing"),
        (asking({"key": "w", "kind": "smiles"}), "questions[0].kind", "unknown_kind"),
        (asking(WORDS, WORDS), "questions[1].key", "twice"),
        (asking(*[{**WORDS, "key": f"w{n}"} for n in range(4)]), "questions", "too_many_questions"),
        (asking(NPS), "questions", "no_words"),
        (asking(NPS, {"key": "c", "kind": "csat"}, WORDS), "questions[2]", "words_buried"),
        (
            asking({"key": "s", "kind": "story_consent"}, WORDS),
            "questions[1]",
            "words_buried",
        ),
        (asking({**WORDS, "options": [{"key": "a"}]}), "questions[0].options", "no_options_here"),
        (asking({"key": "c", "kind": "choice"}), "questions[0].options", "too_few_options"),
        (
            asking({"key": "f", "kind": "feeling", "options": [{"key": "hunger"}]}),
            "questions[0].options[0].key",
            "unknown_feeling",
        ),
        (asking({**WORDS, "follow_up": {"low": 1}}), "questions[0].follow_up", "no_follow_up_here"),
        (asking({**NPS, "follow_up": {}}, WORDS), "questions[0].follow_up", "follow_up_never"),
        (asking({**NPS, "follow_up": {"low": 11}}, WORDS), "questions[0].follow_up.low", "outside_scale"),
        (asking({**NPS, "follow_up": {"low": True}}, WORDS), "questions[0].follow_up.low", "not_a_number"),
        (
            asking({**NPS, "follow_up": {"low": 7, "high": 7}}, WORDS),
            "questions[0].follow_up",
            "low_above_high",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(data: Any, place: str, fault: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        Definition.from_json(data)
    assert (refused.value.place, refused.value.key) == (place, fault)
    assert fault in FAULTS


def test_more_than_three_only_when_somebody_insists() -> None:
    many = [{**WORDS, "key": f"w{n}"} for n in range(5)]
    assert len(Definition.from_json(asking(*many, insisted=True)).questions) == 5


def test_an_open_question_may_follow_one_scale() -> None:
    assert [q.is_open for q in Definition.from_json(asking(NPS, WORDS)).questions] == [False, True]


def test_texts_must_stand_in_every_language_before_customers_see_them() -> None:
    asked = Definition.from_json(asking(WORDS))
    asked.check_written(["fi"])
    with pytest.raises(DefinitionError) as refused:
        asked.check_written(["fi", "sv"])
    assert (refused.value.place, refused.value.key) == ("title.sv", "not_written")


def test_seconds_grow_with_what_is_asked() -> None:
    short, long = Definition.from_json(asking(WORDS)), Definition.from_json(asking(NPS, WORDS))
    assert (short.seconds, long.seconds) == (28, 35)


def test_every_usual_text_stands_in_three_languages() -> None:
    texts = [text for one in usual().values() for text in (one.text, *one.answers.values())]
    texts += [word.texts for word in feeling_words().values()]
    assert [text for text in texts if text.missing(["fi", "sv", "en"])] == []


def test_feelings_stand_beside_one_of_the_eight_or_none() -> None:
    kinds = {word.plutchik for word in feeling_words().values()}
    assert kinds == {"", *FEELINGS}
    assert (beside(" Kuulluksi  tuleminen"), beside("besvikelse"), beside("helppous")) == (
        "trust",
        "sadness",
        "",
    )
    assert (beside("epätoivo"), beside("ihan outo olo")) == ("", "")


def test_the_words_of_the_seeds_are_among_the_feelings() -> None:
    words = [word.texts.fi for word in feeling_words().values()]
    seeds = [
        "onnistuminen",
        "helppous",
        "luottamus",
        "ilo",
        "yllätys",
        "pettymys",
        "ärtymys",
        "huoli",
        "epätoivo",
        "yhdentekevä",
    ]
    assert [word for word in seeds if word not in words] == []


def test_kinds_that_ask_for_nothing_of_their_own_have_a_usual_question() -> None:
    assert sorted(kind.value for kind in Kind if kind.value not in usual()) == ["choice", "choices"]
