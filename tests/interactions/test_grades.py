"""Which scores tell the reader of words how it went, and where that is seen."""

from datetime import UTC, datetime

import pytest

from kalevi.interactions.grades import grade
from kalevi.interactions.preparing import read_safely
from kalevi.text import Reader

AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
STORY = "Ajoin autoni jumiin lumihankeen lavan taakse. Se mies nosti perän."


@pytest.mark.parametrize(
    ("score", "share"),
    [
        (("csat", 5.0, 1.0, 5.0), 1.0),
        (("stars", 2.0, 1.0, 5.0), 0.25),
        (("nps", 9.0, 0.0, 10.0), 0.9),
        (("ces", 7.0, 1.0, 7.0), 1.0),
        (("score", 5.0, 1.0, 5.0), None),
        (("csat", 6.0, 1.0, 5.0), None),
        (("csat", 1.0, 1.0, 1.0), None),
        (("csat", None, None, None), None),
    ],
)
def test_a_score_is_a_share_of_its_scale(
    score: tuple[str, float | None, float | None, float | None], share: float | None
) -> None:
    assert grade(*score) == share


def test_a_text_that_cannot_be_read_leaves_the_others_their_grades() -> None:
    class Choosy(Reader):
        """A reader that cannot read one word."""

        def listed(self, texts, *args, **kwargs):  # type: ignore[no-untyped-def]
            if "mahdoton" in texts:
                raise ValueError
            return super().listed(texts, *args, **kwargs)

    found = read_safely(Choosy(), ["mahdoton", STORY, STORY], [AT] * 3, [None, 1.0, 0.0])
    assert [one and one.sentiment for one in found] == [None, "positive", "negative"]
