"""What is found in many texts at once is what each text alone gives, by the slower way."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kalevi.text import Reader
from kalevi.text.marks import marks
from kalevi.text.personal_data import personal_data

SAID = date(2026, 11, 18)
PIECES = [
    *("Lupasitte soittaa huomenna. ", "Voisitteko ", "ei ", "ole ", "koskaan enää", "Please add ", "not "),
    *("late", "Ni borde ", "inte ", "Maija Virtanen ", "maija ", "terv. ", "Rouva ", "nimeni on ", "t. "),
    *("Kiitos ", "Ruusut ", "rekkari abc 123", "osoite ", "tie 5", "if ", "Gun-Britt ", "wow "),
    *("d'Anna ", "my name is ", "Mvh\n", "matti.m@firma.fi ", "@palvelu ", "+358 50 1234567 ", "131052-308T"),
    *("Peltotie 12 A 5, 00100 Helsinki", "12 High Street ", "autoni ABC-123 ", "FI21 1234 5600 0007 85 "),
    *(
        "-",
        "’",
        "'",
        ".",
        "!",
        "?!",
        "…",
        "\n",
        " ",
        "\u0301",
        "❶",
        "😀",
        "𝓐",
        "𠀀",
        "İ",
        "٣",
        "_",
        ":)",
        "x" * 45,
    ),
]


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=5))
@example(["".join(PIECES), *PIECES])
@example(["\u0301-Voisitteko ", "not-\u0301 late", "a-b-c not-late-"])
@settings(deadline=None, max_examples=80)
def test_marks_and_personal_data_do_not_depend_on_the_batch(texts: list[str]) -> None:
    readings = Reader().read(texts, said_at=[SAID] * len(texts))  # type: ignore[list-item]
    assert [one.marks for one in readings] == [
        marks(one.text, one.language, SAID, one.sentiment) for one in readings
    ]
    assert [one.personal_data for one in readings] == [personal_data(text) for text in texts]
