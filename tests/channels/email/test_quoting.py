"""What somebody wrote now, as their mail program sends it: `replies.txt` holds the samples."""

from pathlib import Path

import pytest

from kalevi.channels.email.mail.quoting import own_words

pytestmark = pytest.mark.library


def samples() -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / "replies.txt").read_text(encoding="utf-8")
    found = []
    for block in text.split("\n=== ") if not text.startswith("=== ") else text[4:].split("\n=== "):
        name, rest = block.split("\n", 1)
        mail, own = rest.split("\n--- own\n")
        found.append((name, mail, own.strip("\n")))
    return found


def test_there_are_enough_samples_in_each_language() -> None:
    names = [name for name, _mail, _own in samples()]
    assert len(names) == len(set(names)) == 47
    assert [sum(f" {language}" in name for name in names) for language in ("fi", "sv", "en")] == [25, 10, 11]


@pytest.mark.parametrize(("name", "mail", "own"), samples(), ids=lambda value: str(value)[:30])
def test_own_words_alone_are_left(name: str, mail: str, own: str) -> None:
    found = own_words(mail)
    assert found.own == own
    assert found.cut == (own != mail.strip())
