"""A province's figures are counted in an index by year alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employment", "0004_evidence_by_list")]

    operations = [
        migrations.AddIndex(
            model_name="graduate",
            index=models.Index(
                fields=[
                    "graduates_on",
                    "federation",
                    "zero_employment",
                    "needs_help",
                    "outcome",
                    "by_aid",
                    "proven",
                    "id",
                ],
                name="employment_counted_all",
            ),
        ),
    ]
