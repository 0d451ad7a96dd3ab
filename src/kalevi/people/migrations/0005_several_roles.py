from django.db import migrations, models

ROLES = ("administrator", "manager", "frontline", "board")


def carry_over(apps, schema_editor):
    colleagues = apps.get_model("people", "Colleague").objects
    for role in ROLES:
        colleagues.filter(role=role).update(**{one: one == role for one in ROLES})


def take_back(apps, schema_editor):
    """The first of the roles that somebody holds is the one they are left with."""
    colleagues = apps.get_model("people", "Colleague").objects
    for role in reversed(ROLES):
        colleagues.filter(**{role: True}).update(role=role)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_keeping"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="colleague",
                name=role,
                field=models.BooleanField(default=role == "frontline", verbose_name=role.capitalize()),
            )
            for role in ROLES
        ),
        migrations.RunPython(carry_over, take_back),
    ]
