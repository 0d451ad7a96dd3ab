"""Installations in these tests begin with a search index that is up to date."""

import pytest

from kalevi.interactions import search_index


@pytest.fixture(autouse=True)
def indexed(request: pytest.FixtureRequest) -> None:
    """Bring the index up to date where the test has a database."""
    marker = request.node.get_closest_marker("django_db")
    if marker is not None:
        request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
        search_index.ensure_current()
