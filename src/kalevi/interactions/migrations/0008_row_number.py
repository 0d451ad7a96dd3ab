"""Interactions by the number of their row on SQLite: one tree less to write into for each of them."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from kalevi.interactions.fields import RowNumber


def rebuild(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Rebuild the one table on SQLite. Those that refer to it stay as they are: the values are the same."""
    if editor.connection.vendor != "sqlite":
        return
    model: Any = apps.get_model("interactions", "Interaction")
    old, new = model._meta.get_field("id"), RowNumber(primary_key=True)
    new.set_attributes_from_name("id")
    new.model = model
    editor._remake_table(model, alter_fields=[(old, new)])  # type: ignore[attr-defined]


class Migration(migrations.Migration):
    dependencies = [("interactions", "0007_channel_found")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(rebuild, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField("interaction", "id", RowNumber(primary_key=True, serialize=False))
            ],
        )
    ]
