from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_invitation"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="erasure",
            name="people_erasure_reason",
        ),
        migrations.AlterField(
            model_name="erasure",
            name="reason",
            field=models.CharField(
                choices=[
                    ("request", "the person asked"),
                    ("end_date", "its time here ended"),
                    ("unlawful", "unlawful content"),
                    ("undone_import", "an import was undone"),
                    ("taken_back", "the colleague who wrote it took it back"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["request", "end_date", "unlawful", "undone_import", "taken_back"])
                ),
                name="people_erasure_reason",
            ),
        ),
    ]
