import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_legal_holds_and_erasures'),
    ]

    operations = [
        migrations.AlterField(
            model_name='legalhold',
            name='document',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='legal_holds', to='documents.document'),
        ),
        migrations.AddField(
            model_name='legalhold',
            name='file_number',
            field=models.CharField(blank=True, db_index=True, default='', max_length=40, verbose_name='档案编号'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='legalhold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document', None), ('file_number__gt', '')), models.Q(('document__isnull', False), ('file_number', '')), _connector='OR'), name='a_legal_hold_is_on_a_paper_or_a_file'),
        ),
    ]
