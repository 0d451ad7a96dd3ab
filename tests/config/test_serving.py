"""What serving does before it forks."""

import pytest

import kalevi.text
from kalevi.config import serving


def test_a_reader_that_fails_does_not_stop_serving(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(texts: list[str]) -> None:
        raise ValueError(texts[0])

    monkeypatch.setattr(kalevi.text, "read", fail)
    serving._warm_up()
    assert caplog.messages == ["the reader failed: ValueError"]
