from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_several_roles"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="colleague", name="people_colleague_role"),
        migrations.RemoveField(model_name="colleague", name="role"),
        migrations.AddConstraint(
            model_name="colleague",
            constraint=models.CheckConstraint(
                condition=Q(administrator=True) | Q(manager=True) | Q(frontline=True) | Q(board=True),
                name="people_colleague_holds_a_role",
            ),
        ),
    ]
