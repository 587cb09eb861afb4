"""Kinds of evidence are dated words of the code lists and no choices of the column."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employment", "0003_read_by_index")]

    operations = [
        migrations.AlterField(
            model_name="outcome",
            name="evidence",
            field=models.CharField(blank=True, max_length=20, verbose_name="凭据"),
        ),
    ]
