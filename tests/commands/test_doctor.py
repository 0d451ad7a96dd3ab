"""Sizes that `kalevi doctor` tells are written as the reader's language writes them."""

import pytest

from kalevi.commands.doctor import size


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fi", "81,9\N{NO-BREAK SPACE}Gt"),
        ("sv", "81,9\N{NO-BREAK SPACE}GB"),
        ("en", "81.9 GB"),
    ],
)
def test_size_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    assert size("81.9 GB", language) == written
