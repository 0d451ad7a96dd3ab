"""What serving does before it forks."""

import pytest

from kalevi.config import serving
from kalevi.interactions import readers


def test_a_reader_that_fails_does_not_stop_serving(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("Hyvää päivää!")

    monkeypatch.setattr(readers, "company_reader", fail)
    serving._warm_up()
    assert caplog.messages == ["the reader failed: ValueError"]
