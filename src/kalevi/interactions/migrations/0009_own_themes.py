import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interactions', '0008_row_number'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnThemeState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(blank=True, max_length=32)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='interactions_one_own_theme_state')],
            },
        ),
        migrations.CreateModel(
            name='OwnTheme',
            fields=[
                ('number', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('name_fi', models.CharField(blank=True, max_length=60)),
                ('name_sv', models.CharField(blank=True, max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=60)),
                ('seeds', models.TextField()),
                ('active', models.BooleanField(default=True)),
                ('read_below', models.BigIntegerField(blank=True, default=9223372036854775807, null=True)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lt', 1000)), name='interactions_own_theme_number'), models.CheckConstraint(condition=models.Q(('name_en', ''), ('name_fi', ''), ('name_sv', ''), _negated=True), name='interactions_own_theme_named'), models.CheckConstraint(condition=models.Q(('seeds', ''), _negated=True), name='interactions_own_theme_seeded')],
            },
        ),
        # The row that whoever stores words and whoever changes a theme meet at.
        migrations.RunSQL(
            "INSERT INTO interactions_ownthemestate (id, stamp) VALUES (1, '')", migrations.RunSQL.noop
        ),
    ]
