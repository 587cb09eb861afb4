import django.db.models.deletion
import huigong.values.uuid7
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0018_survey_names'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='aidgiven',
            name='a_case_gives_aid_for_a_need_once',
        ),
        migrations.AddField(
            model_name='aidgiven',
            name='number',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='第几次'),
        ),
        migrations.AddConstraint(
            model_name='aidgiven',
            constraint=models.UniqueConstraint(fields=('case_reference', 'need', 'number'), name='a_case_gives_aid_for_a_need_once_at_a_time'),
        ),
        migrations.CreateModel(
            name='AidReturn',
            fields=[
                ('id', models.UUIDField(default=huigong.values.uuid7.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fen', models.BigIntegerField(verbose_name='退回金额（分）')),
                ('returned_on', models.DateField(verbose_name='退回日期')),
                ('transfer_reference', models.CharField(max_length=120, unique=True, verbose_name='划转')),
                ('by', models.CharField(max_length=64, verbose_name='经办人')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('aid', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='registry.aidgiven')),
            ],
            options={
                'verbose_name': '帮扶退回',
                'verbose_name_plural': '帮扶退回',
                'ordering': ('at', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='an_aid_return_is_worth_something')],
            },
        ),
    ]
