import pytest

from kalevi.text import vocabulary as words


def all_keys() -> list[str]:
    grades = [grade for three in words.GRADES.values() for grade in three]
    groups = (
        words.FEELINGS,
        words.HOT_KINDS,
        words.SENTIMENTS,
        words.LANGUAGES,
        words.THEMES,
        words.MARKS,
    )
    return sorted(
        {
            *grades,
            *words.PERSONAL_DATA_KINDS,
            *(key for group in groups for key in group),
        }
    )


def test_every_key_is_named_in_three_languages_and_nothing_else_is() -> None:
    assert sorted(words.names()) == sorted(
        (key, language) for key in all_keys() for language in ("fi", "sv", "en")
    )


def test_no_name_is_empty_or_padded() -> None:
    assert [name for name in words.names().values() if not name or name != name.strip()] == []


def test_keys_of_different_groups_never_collide() -> None:
    groups = (words.FEELINGS, words.HOT_KINDS, words.SENTIMENTS, words.LANGUAGES)
    keys = [key for group in (*groups, words.THEMES, words.MARKS, words.PERSONAL_DATA_KINDS) for key in group]
    assert len(keys) == len(set(keys))


def test_hot_has_its_finnish_and_swedish_names() -> None:
    assert [words.name(key, "fi") for key in words.HOT_KINDS] == [
        "haave",
        "ongelma",
        "tarve",
    ]
    assert [words.name(key, "sv") for key in words.HOT_KINDS] == [
        "dröm",
        "problem",
        "behov",
    ]


@pytest.mark.parametrize(
    ("intensity", "word"),
    [
        (0.0, "annoyance"),
        (0.32, "annoyance"),
        (0.34, "anger"),
        (0.67, "rage"),
        (1.0, "rage"),
    ],
)
def test_a_feeling_is_named_by_its_intensity(intensity: float, word: str) -> None:
    assert words.graded_feeling("anger", intensity, "en") == word


def test_every_feeling_has_three_grades_with_itself_in_the_middle() -> None:
    assert {feeling: grades[1] for feeling, grades in words.GRADES.items()} == {f: f for f in words.FEELINGS}


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        words.name("nothing", "fi")
