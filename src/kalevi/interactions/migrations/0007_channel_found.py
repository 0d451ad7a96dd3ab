"""The channel among the findings of every customer's words, so that it can be filtered by."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

CODES = {
    "email": 300,
    "phone": 301,
    "counter": 302,
    "survey": 303,
    "web_form": 304,
    "chat": 305,
    "social_media": 306,
    "review": 307,
    "post": 308,
    "system": 309,
    "other": 310,
    "word_of_mouth": 311,
}
BATCH = 20_000


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add them a batch at a time; one that was cut short goes on where it is started again."""
    which = " ".join(f"WHEN '{channel}' THEN {code}" for channel, code in CODES.items())
    after: int | None = -(2**63)
    with editor.connection.cursor() as cursor:
        while after is not None:
            cursor.execute(
                "SELECT max(id) FROM (SELECT id FROM interactions_interaction WHERE id > %s"
                " ORDER BY id LIMIT %s) AS next",
                [after, BATCH],
            )
            last = cursor.fetchone()[0]
            if last is not None:
                cursor.execute(
                    "INSERT INTO interactions_found (code, interaction_id)"  # noqa: S608  our own numbers
                    f" SELECT CASE channel {which} END, id FROM interactions_interaction"
                    " WHERE id > %s AND id <= %s AND verbatim IS NOT NULL AND verbatim <> '' AND NOT outbound"
                    " ON CONFLICT DO NOTHING",
                    [after, last],
                )
            after = last


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("interactions", "0006_word_of_mouth")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
