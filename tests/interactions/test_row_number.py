"""Interactions are numbered by their rows on SQLite, and what refers to them is as it was."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_key_of_interactions_needs_no_index_on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has an index for every key")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pragma_index_list('interactions_interaction') WHERE origin = 'pk'"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT type FROM pragma_table_info('interactions_interaction') WHERE name = 'id'")
        assert cursor.fetchone()[0].upper() == "INTEGER"
        cursor.execute("SELECT wr FROM pragma_table_list WHERE name = 'interactions_found'")
        assert cursor.fetchone() == (1,)
