from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vault', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Try',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True, verbose_name='摘要')),
                ('number', models.PositiveIntegerField(verbose_name='次数')),
                ('since', models.DateTimeField(db_index=True, verbose_name='起')),
            ],
            options={
                'verbose_name': '试次',
                'verbose_name_plural': '试次',
            },
        ),
    ]
