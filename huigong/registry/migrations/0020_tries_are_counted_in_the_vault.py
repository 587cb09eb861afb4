from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0019_aid_that_came_back'),
    ]

    operations = [
        migrations.DeleteModel(
            name='ReceiptTry',
        ),
    ]
