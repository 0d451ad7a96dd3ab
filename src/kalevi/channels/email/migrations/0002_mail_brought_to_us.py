"""The address to which a provider brings mail."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels_email", "0001_mailboxes_and_outbox")]
    operations = [
        migrations.CreateModel(
            name="Inbound",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("last_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="channels_email_one_inbound")
                ],
            },
        ),
    ]
