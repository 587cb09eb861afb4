"""The cause of hardship is mostly an illness: values that stood plain are sealed under the household's data key."""

from django.db import migrations

from huigong.vault.fields import EncryptedTextField


def seal(apps, schema_editor):
    """Each value into the encrypted column of the same name, which its ciphertext is bound to."""
    households = apps.get_model("registry", "Household").objects.using(schema_editor.connection.alias)
    for household in households.exclude(plain_cause="").iterator():
        household.hardship_cause = household.plain_cause
        household.save(update_fields=["hardship_cause"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_alter_household_worker_name"), ("vault", "0001_initial")]

    operations = [
        migrations.RenameField("household", "hardship_cause", "plain_cause"),
        migrations.AddField("household", "hardship_cause", EncryptedTextField("主要致困原因", kind="text")),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("household", "plain_cause"),
    ]
