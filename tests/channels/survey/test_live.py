"""What a customer's browser asks for, whatever it sends."""

import pytest

from kalevi.channels.survey.live import language_for


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "fi"),
        ("sv-FI,sv;q=0.9,en;q=0.8", "sv"),
        ("de, en;q=0.3, sv;q=0.7", "sv"),
        ("en;q=0, sv;q=0.1", "sv"),
        ("en;q=\u00b2, sv;q=1", "sv"),
        ("en;q=1.2.3, sv;q=nan", "fi"),
        (",;;q=,", "fi"),
    ],
)
def test_the_language_that_is_asked_for_first(accepted: str, language: str) -> None:
    assert language_for(accepted, ("fi", "sv", "en")) == language
