"""The findings as one compact table, and the search index, in each database's own way."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    "DROP TABLE interactions_found",
    # Without a row id the key is the table: half the size. Without a foreign key: what a reading found is
    # written with its interaction and goes with it, and a look at the parent would double the cost of each.
    "CREATE TABLE interactions_found (code smallint NOT NULL, interaction_id bigint NOT NULL,"
    " PRIMARY KEY (code, interaction_id)) WITHOUT ROWID",
    # The index holds keys of words and no words; rows can be deleted from it.
    "CREATE VIRTUAL TABLE interactions_search USING fts5(keys, content='', detail=none,"
    " columnsize=0, tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")",
    # Without secure-delete FTS5 keeps deleted words until a merge happens to drop them; with
    # contentless_delete it would only hide them, so a row is deleted by giving its keys once more.
    "INSERT INTO interactions_search(interactions_search, rank) VALUES ('secure-delete', 1)",
)
POSTGRESQL = (
    "CREATE TABLE interactions_search (interaction_id bigint PRIMARY KEY"
    " REFERENCES interactions_interaction (id) DEFERRABLE INITIALLY DEFERRED, keys tsvector NOT NULL)",
    "CREATE INDEX interactions_search_keys ON interactions_search USING gin (keys)",
)


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("interactions", "0002_found")]
    operations = [migrations.RunPython(create)]
