"""The promises of the demo lie right on whichever day and at whichever hour it is made for."""

from datetime import UTC, datetime, timedelta

import pytest

from kalevi.demo.promises import due_of, moment_of
from kalevi.demo.written import written_promises


@pytest.mark.parametrize("hours", range(0, 7 * 24, 11))
def test_what_was_promised_is_due_after_it_and_ended_ones_before_now(hours: int) -> None:
    now = datetime(2026, 11, 22, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
    for one in written_promises()["given"]:
        given_at, (due_at, _by_day) = moment_of(now, *one["given"]), due_of(one, now)
        assert given_at < min(due_at, now), one["words"]
        assert ("became" not in one) or due_at < now, one["words"]
        if "told" in one:
            assert given_at < moment_of(now, *one["told"][:2]) < now
