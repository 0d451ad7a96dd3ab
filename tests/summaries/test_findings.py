"""What a tally adds up to."""

from kalevi.stats import Share
from kalevi.summaries.findings import findings_of
from kalevi.summaries.tally import Tally
from tests.summaries.made import SOME, empty, reading, tally_of


def test_counts_are_of_comments_with_words() -> None:
    found = findings_of(tally_of(*SOME))
    assert (found.rows, found.read, found.empty, found.rejected) == (6, 5, 1, 0)
    assert found.hots == {"problem": Share(2, 5), "need": Share(1, 5), "dream": Share(1, 5)}
    assert found.feelings == (("sadness", Share(2, 5)), ("anticipation", Share(1, 5)), ("joy", Share(1, 5)))
    first = found.themes[0]
    assert (first.key, first.share.hits, first.negative) == ("delivery", 2, Share(2, 2))


def test_topics_are_the_biggest_themes_with_words() -> None:
    found = findings_of(tally_of(*SOME))
    topic = found.topics["problem"][0]
    assert (topic.theme, topic.share, len(topic.quotes)) == ("delivery", Share(2, 5), 2)
    assert found.thanks.text == "Kiitos lämpimästä palvelusta!"


def test_what_to_do_first() -> None:
    found = findings_of(tally_of(*SOME, reading("Minä lähden nyt muualle.", theme="price")))
    assert [(step.kind, step.theme, step.count) for step in found.steps] == [
        ("need", "", 1),
        ("action", "delivery", 2),
        ("leaving", "", 1),
        ("action", "price", 1),
    ]


def test_being_met_well_is_no_theme_of_a_problem() -> None:
    found = findings_of(tally_of(reading("Kaikki hyvin, mutta silti vika.", theme="guided")))
    assert [topic.theme for topic in found.topics["problem"]] == [""]


def test_nothing_and_nothing_but_empty() -> None:
    for tally in (Tally(), tally_of(empty(), empty())):
        found = findings_of(tally)
        assert (found.read, found.feelings, found.steps, found.thanks) == (0, (), (), None)


def test_memory_is_bounded() -> None:
    tally = Tally()
    for row in range(3000):
        tally.add(row, reading(f"Tilaus numero {row} tuli myöhässä ja rikki {chr(97 + row % 26) * 9}."))
        tally.reject(row, "broken_row")
    held = [quote for shelf in tally.hot_shelves.values() for quote in shelf.quotes()]
    assert (len(held) <= 8, len(tally.rejects)) == (True, 20)
